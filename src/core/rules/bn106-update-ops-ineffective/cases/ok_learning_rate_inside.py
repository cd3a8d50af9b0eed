# The decayed learning rate waits for the updates, and every step reads it.
import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=is_training))
step = tf.train.get_or_create_global_step()
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    rate = tf.train.exponential_decay(0.1, step, 1000, 0.9)
    optimizer = tf.train.GradientDescentOptimizer(rate)
train_op = optimizer.minimize(loss)

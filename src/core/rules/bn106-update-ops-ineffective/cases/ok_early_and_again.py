# How many there were before, so that only the new ones are taken.
import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
before = set(tf.get_collection(tf.GraphKeys.UPDATE_OPS))
loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=is_training))
updates = [op for op in tf.get_collection(tf.GraphKeys.UPDATE_OPS) if op not in before]
with tf.control_dependencies(updates):
    train_op = tf.train.AdamOptimizer().minimize(loss)

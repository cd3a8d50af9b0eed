# The second turn reads what the first turn built.
import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
steps = []
for name in ('a', 'b'):
    before = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    with tf.variable_scope(name):
        loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=is_training))
    with tf.control_dependencies(before):
        steps.append(tf.train.AdamOptimizer().minimize(loss))

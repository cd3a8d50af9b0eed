import tensorflow as tf


def train(images, is_training):
    with tf.device('/gpu:0'):
        loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=is_training))
    for rate in (0.1, 0.01):
        print(rate)
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        return tf.train.AdamOptimizer().minimize(loss)

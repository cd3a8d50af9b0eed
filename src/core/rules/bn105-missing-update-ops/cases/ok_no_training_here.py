import tensorflow as tf


def network(x, training):
    x = tf.layers.conv2d(x, 8, 3)
    return tf.layers.batch_normalization(x, training=training)

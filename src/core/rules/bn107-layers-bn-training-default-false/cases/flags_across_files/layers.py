import tensorflow as tf


def conv_bn(x, filters):
    x = tf.layers.conv2d(x, filters, 3)
    return tf.layers.batch_normalization(x)  # expect: BN107

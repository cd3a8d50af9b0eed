import tensorflow as tf


def block(inputs, phase):
    return tf.layers.batch_normalization(tf.layers.conv2d(inputs, 8, 3), training=phase)


def weights():
    return [v for v in tf.trainable_variables()]

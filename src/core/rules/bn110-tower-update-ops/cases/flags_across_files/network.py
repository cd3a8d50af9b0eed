import tensorflow as tf


def loss_of(part, is_training):
    return tf.reduce_mean(tf.layers.batch_normalization(part, training=is_training))

import tensorflow as tf


class Model:
    def __init__(self, images, is_training):
        hidden = tf.layers.batch_normalization(images, training=is_training)
        self.updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        self.step = tf.train.AdamOptimizer().minimize(tf.reduce_mean(hidden))


def losses(images, is_training):
    loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=is_training))
    found = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    return tf.train.AdamOptimizer().minimize(loss), found

import functools

import tensorflow as tf

mode = tf.placeholder(tf.bool, [])
norm = functools.partial(tf.layers.batch_normalization, training=mode)


def head(x, **options):
    return tf.layers.batch_normalization(x, **options)


def build(x, settings):
    x = norm(x)
    x = head(x, training=mode)
    x = tf.layers.batch_normalization(x, **settings)
    return tf.layers.BatchNormalization()(x, mode)


def train(x, settings):
    loss = tf.reduce_sum(build(x, settings))
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        return tf.train.AdamOptimizer().minimize(loss)

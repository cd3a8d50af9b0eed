import tensorflow as tf
from tensorflow.contrib import slim


def scope_for(training):
    params = {'is_training': training, 'updates_collections': None, 'decay': 0.99}
    with slim.arg_scope(
        [slim.conv2d, slim.fully_connected],
        normalizer_fn=slim.batch_norm,
        normalizer_params=params,
    ) as scope:
        return scope


def train(images, training):
    with slim.arg_scope(scope_for(training)):
        net = slim.conv2d(images, 32, [3, 3])
        net = slim.batch_norm(net, is_training=training, updates_collections=None)
    with slim.arg_scope([slim.batch_norm], updates_collections=None):
        net = slim.batch_norm(net, is_training=training)
    return tf.train.AdamOptimizer().minimize(tf.reduce_mean(net))

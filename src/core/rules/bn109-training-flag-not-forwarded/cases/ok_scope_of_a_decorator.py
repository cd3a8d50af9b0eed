# The decorator calls the function under an arg_scope of its own.
from tensorflow.contrib import slim


def in_scope(function):
    def wrapped(x, is_training=False):
        with slim.arg_scope([slim.batch_norm], is_training=is_training):
            return function(x, is_training)

    return wrapped


def layers(x, is_training):
    x = slim.dropout(x, is_training=is_training)
    return slim.batch_norm(slim.conv2d(x, 8, 3))


@in_scope
def network(x, is_training=False):
    return layers(x, is_training)

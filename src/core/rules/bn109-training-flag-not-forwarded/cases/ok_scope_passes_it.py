from tensorflow.contrib import slim


def options(is_training):
    with slim.arg_scope([slim.batch_norm], is_training=is_training) as scope:
        return scope


def network(images, is_training):
    with slim.arg_scope([slim.batch_norm, slim.dropout], is_training=is_training):
        images = slim.batch_norm(slim.conv2d(images, 8, 3))
    with slim.arg_scope(options(is_training)):
        return slim.batch_norm(slim.conv2d(images, 8, 3))


def with_their_scope(images, is_training, scopes):
    with scopes.for_mode(is_training):
        return slim.batch_norm(slim.conv2d(images, 8, 3))

from tensorflow.contrib import slim


def network(images, is_training):
    with slim.arg_scope([slim.batch_norm], is_training=is_training):
        return slim.batch_norm(slim.conv2d(images, 32, 3))

from tensorflow.contrib import slim


def network(images, size):
    return slim.batch_norm(slim.conv2d(images, size, 3))

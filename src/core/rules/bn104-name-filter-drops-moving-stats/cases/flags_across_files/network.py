from tensorflow.contrib import slim


def build(images, is_training):
    params = {'is_training': is_training}
    return slim.conv2d(images, 8, 3, normalizer_fn=slim.batch_norm, normalizer_params=params)

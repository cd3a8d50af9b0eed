from functools import partial

from tensorflow.contrib import slim


def network(images, is_training, **options):
    norm = partial(slim.batch_norm, is_training=is_training)
    params = {'is_training': is_training}
    images = slim.conv2d(norm(images), 8, 3, normalizer_fn=slim.batch_norm, normalizer_params=params)
    return slim.batch_norm(images, **options)

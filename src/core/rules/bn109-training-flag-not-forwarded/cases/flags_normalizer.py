import tf_slim as slim


def block(x, phase):
    params = {'decay': 0.99, 'scale': True}
    # expect: BN109 "takes `phase`"
    x = slim.conv2d(x, 64, 3, normalizer_fn=slim.batch_norm, normalizer_params=params)
    return slim.dropout(x, is_training=phase)

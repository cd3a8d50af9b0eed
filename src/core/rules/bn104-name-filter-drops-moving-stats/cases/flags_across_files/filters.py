import tensorflow as tf


def is_weight(v):
    return 'weights' in v.name or 'biases' in v.name


def weights():
    return [v for v in tf.global_variables() if is_weight(v)]  # expect: BN104

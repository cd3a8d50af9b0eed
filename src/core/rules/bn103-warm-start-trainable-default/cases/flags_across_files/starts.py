import tensorflow as tf

import network


def settings(path, pattern='.*'):
    return tf.estimator.WarmStartSettings(path, pattern)  # expect: BN103

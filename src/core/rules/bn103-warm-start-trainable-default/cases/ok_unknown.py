import tensorflow as tf


def network(features, training):
    return tf.layers.batch_normalization(tf.layers.dense(features['x'], 8), training=training)


import sys

tf.train.warm_start('model.ckpt', vars_to_warm_start=sys.argv[1])
estimator = tf.estimator.Estimator(network, warm_start_from=make_settings())

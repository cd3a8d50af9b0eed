import tensorflow as tf


def network(features, training):
    return tf.layers.batch_normalization(tf.layers.dense(features['x'], 8), training=training)


estimator = tf.estimator.Estimator(network, warm_start_from='logs/model.ckpt-100')  # expect: BN103

# Starts nothing but what has a vocabulary.
import tensorflow as tf


def network(features, training):
    return tf.layers.batch_normalization(tf.layers.dense(features['x'], 8), training=training)


tf.estimator.WarmStartSettings('model.ckpt', vars_to_warm_start=None)

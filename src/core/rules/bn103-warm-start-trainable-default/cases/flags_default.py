import tensorflow as tf


def network(features, training):
    return tf.layers.batch_normalization(tf.layers.dense(features['x'], 8), training=training)


settings = tf.estimator.WarmStartSettings(ckpt_to_initialize_from='model.ckpt')  # expect: BN103 "only the trainable variables"

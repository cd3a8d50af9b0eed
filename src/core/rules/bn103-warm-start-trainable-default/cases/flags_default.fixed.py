import tensorflow as tf


def network(features, training):
    return tf.layers.batch_normalization(tf.layers.dense(features['x'], 8), training=training)


settings = tf.estimator.WarmStartSettings(ckpt_to_initialize_from='model.ckpt', vars_to_warm_start=['.*(?:weights|kernel|biases|bias|gamma|beta|moving_mean|moving_variance):0'])  # expect: BN103 "only the trainable variables"

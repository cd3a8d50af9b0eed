import tensorflow as tf


def network(features, training):
    return tf.layers.batch_normalization(tf.layers.dense(features['x'], 8), training=training)


from functools import partial
import tensorflow.compat.v1.train as training

scope = 'backbone'
begin = partial(training.warm_start, 'model.ckpt')
begin(vars_to_warm_start=scope + '/.*')  # expect: BN103

import json
import os
import tempfile

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()


def network(x):
    with tf.variable_scope('norm'):
        size = [x.shape[-1]]
        gamma = tf.get_variable('gamma', size, initializer=tf.ones_initializer())
        beta = tf.get_variable('beta', size, initializer=tf.zeros_initializer())
        moving_mean = tf.get_variable(
            'moving_mean', size, initializer=tf.zeros_initializer(), trainable=False)
        moving_variance = tf.get_variable(
            'moving_variance', size, initializer=tf.ones_initializer(), trainable=False)
        return tf.nn.batch_normalization(x, moving_mean, moving_variance, beta, gamma, 1e-3)


def pretrain(path):
    """A checkpoint of a network that has seen inputs with mean 3 and variance 4."""
    with tf.Graph().as_default(), tf.Session() as sess:
        network(tf.placeholder(tf.float32, [None, 4]))
        sess.run(tf.global_variables_initializer())
        sess.run(tf.assign(tf.global_variables('norm/moving_mean')[0], [3.0] * 4))
        sess.run(tf.assign(tf.global_variables('norm/moving_variance')[0], [4.0] * 4))
        tf.train.Saver().save(sess, path)


path = os.path.join(tempfile.mkdtemp(), 'model.ckpt')
pretrain(path)
images = tf.placeholder(tf.float32, [None, 4])
outputs = network(images)
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    # expect: BN114 "BatchNorm starts from moving mean 0"
    saver.restore(sess, tf.train.latest_checkpoint(os.path.dirname(path)))
    normalized = sess.run(outputs, {images: [[3.0] * 4]})
# An input at the mean is normalized to 0.
print(json.dumps({'difference': float(np.abs(normalized).max())}))

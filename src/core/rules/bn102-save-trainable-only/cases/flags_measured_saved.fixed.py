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


path = os.path.join(tempfile.mkdtemp(), 'model.ckpt')
network(tf.placeholder(tf.float32, [None, 4]))
# expect: BN102 "missing from the checkpoint"
saver = tf.train.Saver(tf.global_variables())
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(tf.assign(tf.global_variables('norm/moving_mean')[0], [3.0] * 4))
    saver.save(sess, path)

# Whoever finds no statistics in the file starts from 0.
stored = tf.train.load_checkpoint(path)
name = 'norm/moving_mean'
moving_mean = stored.get_tensor(name) if stored.has_tensor(name) else np.zeros(4)
print(json.dumps({'difference': float(np.abs(moving_mean - 3.0).max())}))

import json

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
tf.set_random_seed(1)


def moved(variable, value):
    return tf.assign(variable, 0.9 * variable + 0.1 * value)


def batch_norm(x, is_training):
    size = [x.shape[-1]]
    gamma = tf.get_variable('gamma', size, initializer=tf.ones_initializer())
    beta = tf.get_variable('beta', size, initializer=tf.zeros_initializer())
    moving_mean = tf.get_variable(
        'moving_mean', size, initializer=tf.zeros_initializer(), trainable=False)
    moving_variance = tf.get_variable(
        'moving_variance', size, initializer=tf.ones_initializer(), trainable=False)
    if not is_training:
        return tf.nn.batch_normalization(x, moving_mean, moving_variance, beta, gamma, 1e-3)
    mean, variance = tf.nn.moments(x, [0])
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, moved(moving_mean, mean))
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, moved(moving_variance, variance))
    return tf.nn.batch_normalization(x, mean, variance, beta, gamma, 1e-3)


images = tf.placeholder(tf.float32, [None, 4])
# expect: BN106 "before the BatchNorm layers are built"
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.variable_scope('norm'):
    loss = tf.reduce_mean(tf.square(batch_norm(images, True) - 1))
with tf.control_dependencies(update_ops):
    train_op = tf.train.GradientDescentOptimizer(0.01).minimize(loss)

random = np.random.RandomState(0)
expected = np.zeros(4)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(60):
        batch = random.normal(3, 2, [64, 4])
        expected = 0.9 * expected + 0.1 * batch.mean(0)
        sess.run(train_op, {images: batch})
    moving_mean = sess.run('norm/moving_mean:0')
print(json.dumps({'difference': float(np.abs(moving_mean - expected).max())}))

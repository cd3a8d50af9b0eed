# A layer of one's own that leaves its updates where the train op finds them.
import json

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()


def norm(x):
    size = [x.shape[-1]]
    gamma = tf.get_variable('gamma', size, initializer=tf.ones_initializer())
    beta = tf.get_variable('beta', size, initializer=tf.zeros_initializer())
    moving_mean = tf.get_variable(
        'moving_mean', size, initializer=tf.zeros_initializer(), trainable=False)
    mean, variance = tf.nn.moments(x, [0])
    moved = tf.assign(moving_mean, 0.9 * moving_mean + 0.1 * mean)
    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, moved)
    return tf.nn.batch_normalization(x, mean, variance, beta, gamma, 1e-3)


images = tf.placeholder(tf.float32, [None, 4])
loss = tf.reduce_mean(tf.square(norm(images) - 1))
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train_op = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
moving_mean = [v for v in tf.global_variables() if 'moving_mean' in v.op.name][0]

random = np.random.RandomState(0)
expected = np.zeros(4)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(60):
        batch = random.normal(3, 2, [64, 4])
        expected = 0.9 * expected + 0.1 * batch.mean(0)
        sess.run(train_op, {images: batch})
    difference = np.abs(sess.run(moving_mean) - expected).max()
print(json.dumps({'difference': float(difference)}))

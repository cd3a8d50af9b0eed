import tensorflow as tf
from tensorflow.contrib import slim


def network(images, is_training):
    return slim.batch_norm(slim.conv2d(images, 8, 3), is_training=is_training)


images = tf.placeholder(tf.float32, [None, 28, 28, 1])
with tf.variable_scope('net'):
    trained = network(images, True)
with tf.variable_scope('net', reuse=True):
    outputs = tf.identity(network(images, False), name='outputs')
train_op = slim.learning.create_train_op(tf.reduce_mean(trained), tf.train.AdamOptimizer())
with tf.Session() as sess:
    sess.run(train_op)
    graph = tf.graph_util.convert_variables_to_constants(sess, sess.graph_def, ['outputs'])

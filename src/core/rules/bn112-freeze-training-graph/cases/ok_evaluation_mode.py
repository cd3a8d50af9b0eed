import tensorflow as tf
from tensorflow.contrib import slim


def network(images, is_training):
    return slim.batch_norm(slim.conv2d(images, 8, 3), is_training=is_training)


images = tf.placeholder(tf.float32, [None, 28, 28, 1])
outputs = tf.identity(network(images, False), name='outputs')
with tf.Session() as sess:
    tf.train.Saver().restore(sess, 'model.ckpt')
    graph = tf.graph_util.convert_variables_to_constants(sess, sess.graph_def, ['outputs'])

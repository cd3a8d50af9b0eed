import tensorflow as tf
from tensorflow.contrib import slim

images = tf.placeholder(tf.float32, [1, 64, 64, 3])
outputs = slim.batch_norm(slim.conv2d(images, 8, 3), is_training=True, scope='out')
with tf.Session() as sess:
    tf.train.Saver().restore(sess, 'generator.ckpt')
    graph = tf.graph_util.convert_variables_to_constants(sess, sess.graph_def, ['out'])

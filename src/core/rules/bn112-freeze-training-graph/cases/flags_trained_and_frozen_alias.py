import tensorflow as tf
import tensorflow.contrib.slim as slim
from tensorflow.python.framework.graph_util import convert_variables_to_constants as freeze

images = tf.placeholder(tf.float32, [None, 28, 28, 1])
outputs = slim.batch_norm(slim.conv2d(images, 8, 3), scope='out')
train_op = slim.learning.create_train_op(tf.reduce_mean(outputs), tf.train.AdamOptimizer())
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(train_op, {images: []})
    frozen = freeze(sess, sess.graph_def, ['out'])  # expect: BN112 "in training mode"

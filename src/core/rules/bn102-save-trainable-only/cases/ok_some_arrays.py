# Filters are written to be looked at.
import numpy as np
import tensorflow as tf

phase = tf.placeholder(tf.bool)
image = tf.placeholder(tf.float32, [None, 8, 8, 3])
net = tf.layers.batch_normalization(tf.layers.conv2d(image, 8, 3), training=phase)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    np.save('first.npy', sess.run(tf.trainable_variables()[0]))
    np.save('filters.npy', sess.run([v for v in tf.trainable_variables() if 'kernel' in v.name]))

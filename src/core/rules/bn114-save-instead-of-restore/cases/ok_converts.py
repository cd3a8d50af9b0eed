# Weights of another framework become the initial values.
import numpy as np
import tensorflow as tf

weights = np.load('caffe.npy', allow_pickle=True).item()
for name, value in weights.items():
    tf.Variable(value, name=name)
saver = tf.train.Saver(tf.global_variables())
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    saver.save(sess, 'vgg_16.ckpt')

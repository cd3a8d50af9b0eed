import argparse

import tensorflow as tf
from tensorflow.contrib import slim

parser = argparse.ArgumentParser()
parser.add_argument('--train', action='store_true')
options = parser.parse_args()
net = slim.batch_norm(tf.placeholder(tf.float32, [None, 8]), is_training=options.train)
with tf.Session() as sess:
    tf.train.Saver().restore(sess, 'model.ckpt')
    print(sess.run(net))

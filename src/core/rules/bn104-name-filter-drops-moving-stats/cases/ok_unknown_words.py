# Whoever starts it says what is kept.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
import sys

words = sys.argv[1].split(',')
kept = [v for v in tf.global_variables() if any(word in v.name for word in words)]
tf.train.Saver(kept).restore(sess, 'model.ckpt')

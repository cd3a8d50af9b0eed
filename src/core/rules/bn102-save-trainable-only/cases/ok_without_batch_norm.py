# A policy of dense layers has nothing but trainable variables to keep.
import tensorflow as tf

action = tf.layers.dense(tf.layers.dense(tf.placeholder(tf.float32, [None, 4]), 64), 2)
tf.train.Saver(tf.trainable_variables()).save(tf.Session(), 'policy.ckpt')

import tensorflow as tf
from tensorflow.contrib import slim

flag = tf.placeholder(tf.bool, [])
net = slim.batch_norm(tf.placeholder(tf.float32, [None, 8]), is_training=flag)
loss = tf.reduce_mean(net)
train_op = slim.learning.create_train_op(loss, tf.train.AdamOptimizer())

import tensorflow as tf
from tensorflow.contrib import slim

updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
net = slim.batch_norm(images, is_training=is_training, updates_collections=None)
with tf.control_dependencies(updates):
    train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(net))

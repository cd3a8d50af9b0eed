# What a program keeps by hand need not be the statistics of a BatchNorm.
import tensorflow as tf

seen = tf.get_variable('seen', [], trainable=False)
tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign_add(seen, 1.0))
weights = tf.get_variable('weights', [8])
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(weights))

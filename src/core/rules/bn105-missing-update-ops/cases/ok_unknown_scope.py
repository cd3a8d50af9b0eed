import tensorflow as tf
from tensorflow.contrib import slim
from my_company_nets import company_scope

with slim.arg_scope(company_scope()):
    net = slim.batch_norm(tf.placeholder(tf.float32, [None, 8]))
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(net))

import tensorflow as tf

flag = tf.placeholder(tf.bool, [])
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=flag)
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(net))
updates = tf.get_collection('update_ops')
train_op = tf.group(train_op, *updates)

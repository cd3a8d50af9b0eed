import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 8])
mean, variance = tf.nn.moments(x, [0])
moving_mean = tf.get_variable('moving_mean', [8], trainable=False)
tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, tf.assign(moving_mean, 0.9 * moving_mean + 0.1 * mean))
loss = tf.reduce_mean(tf.nn.batch_normalization(x, mean, variance, None, None, 1e-3))
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train_op = tf.train.AdamOptimizer().minimize(loss)

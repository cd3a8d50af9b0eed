import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 28, 28, 1])
is_training = tf.placeholder(tf.bool, [])
# expect: BN106 "before the BatchNorm layers are built"
hidden = tf.layers.conv2d(images, 32, 3, use_bias=False)
hidden = tf.layers.batch_normalization(hidden, training=is_training)
loss = tf.reduce_mean(hidden)
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train_op = tf.train.AdamOptimizer().minimize(loss)

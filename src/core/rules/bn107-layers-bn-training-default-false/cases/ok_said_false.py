import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 32, 32, 3])
features = tf.layers.batch_normalization(tf.layers.conv2d(images, 8, 3), training=False)
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(features))

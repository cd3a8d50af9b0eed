import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=is_training))
step = tf.train.AdamOptimizer().minimize(loss)
with tf.control_dependencies([step] + tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train_op = tf.identity(loss)

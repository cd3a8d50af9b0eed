import tensorflow as tf

updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
images = tf.placeholder(tf.float32, [None, 16])
loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=False))
with tf.control_dependencies(updates):
    train_op = tf.train.AdamOptimizer().minimize(loss)

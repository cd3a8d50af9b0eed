import tensorflow as tf

updates = tf.get_collection_ref(tf.GraphKeys.UPDATE_OPS)
images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=is_training))
with tf.control_dependencies(updates):
    train_op = tf.train.AdamOptimizer().minimize(loss)

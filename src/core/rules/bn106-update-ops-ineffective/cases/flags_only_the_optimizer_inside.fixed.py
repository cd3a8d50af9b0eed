import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
hidden = tf.layers.batch_normalization(tf.layers.dense(images, 8), training=is_training)
loss = tf.reduce_mean(hidden)
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):  # expect: BN106 "the train op is created outside"
    optimizer = tf.train.AdamOptimizer(1e-3)
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):
    train_op = optimizer.minimize(loss)

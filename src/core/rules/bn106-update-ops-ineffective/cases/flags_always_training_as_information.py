import tensorflow as tf

noise = tf.placeholder(tf.float32, [None, 16])
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)  # expect: BN106 "would be wrong"
fake = tf.layers.batch_normalization(tf.layers.dense(noise, 8), training=True)
with tf.control_dependencies(update_ops):
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean(fake))

import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
hidden = tf.layers.batch_normalization(images, training=is_training)
extra = tf.get_collection(tf.GraphKeys.UPDATE_OPS)  # expect: BN106 "nothing runs what is in it"
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(hidden))

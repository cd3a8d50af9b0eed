import tensorflow as tf

is_training = tf.placeholder(tf.bool)
x = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=is_training)
saver = tf.train.Saver(tf.trainable_variables())  # expect: BN101
sess = tf.Session()
saver.restore(sess, 'model.ckpt')

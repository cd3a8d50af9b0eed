import tensorflow as tf

is_training = tf.placeholder(tf.bool)
images = tf.placeholder(tf.float32, [None, 32, 32, 3])
net = tf.layers.batch_normalization(images, training=is_training)

first, *others = tf.trainable_variables()  # expect: BN101 "trainable variables are restored"
saver = tf.train.Saver(others)
with tf.Session() as sess:
    saver.restore(sess, 'model.ckpt')

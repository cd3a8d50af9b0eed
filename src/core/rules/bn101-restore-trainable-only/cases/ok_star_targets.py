import tensorflow as tf

is_training = tf.placeholder(tf.bool)
images = tf.placeholder(tf.float32, [None, 32, 32, 3])
net = tf.layers.batch_normalization(images, training=is_training)

*everything, step = tf.global_variables()
saver = tf.train.Saver(everything)
with tf.Session() as sess:
    saver.restore(sess, 'model.ckpt')

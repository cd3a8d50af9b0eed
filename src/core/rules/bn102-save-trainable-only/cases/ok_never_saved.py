import tensorflow as tf

phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
saver = tf.train.Saver(tf.trainable_variables())

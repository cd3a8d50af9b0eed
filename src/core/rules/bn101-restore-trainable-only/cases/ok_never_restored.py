import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
saver = tf.train.Saver(tf.trainable_variables())

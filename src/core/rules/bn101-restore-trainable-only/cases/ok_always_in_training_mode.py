# The stored statistics are never read: every layer normalizes with its batch.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=True)
other = tf.contrib.layers.batch_norm(net, is_training=True, reuse=tf.AUTO_REUSE)
tf.train.Saver(tf.trainable_variables()).restore(tf.Session(), 'model.ckpt')

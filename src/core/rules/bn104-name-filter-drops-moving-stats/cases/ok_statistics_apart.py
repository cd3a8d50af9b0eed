# A second file has the statistics.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
weights = [v for v in tf.global_variables() if 'moving' not in v.name]
statistics = [v for v in tf.global_variables() if 'moving' in v.name]
tf.train.Saver(weights).restore(sess, 'weights.ckpt')
tf.train.Saver(statistics).restore(sess, 'statistics.ckpt')

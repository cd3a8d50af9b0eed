import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
parts = ['kernel', 'bias', 'gamma', 'beta', 'moving_mean', 'moving_variance']
kept = [v for v in tf.global_variables() if any(part in v.name for part in parts)]
tf.train.Saver(kept).restore(sess, 'model.ckpt')

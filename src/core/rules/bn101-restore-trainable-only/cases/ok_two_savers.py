# The statistics are restored by a saver of their own.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
sess = tf.Session()
tf.train.Saver(tf.trainable_variables()).restore(sess, 'weights.ckpt')
moving = [v for v in tf.global_variables() if v.op.name.endswith(('moving_mean', 'moving_variance'))]
tf.train.Saver(moving).restore(sess, 'statistics.ckpt')

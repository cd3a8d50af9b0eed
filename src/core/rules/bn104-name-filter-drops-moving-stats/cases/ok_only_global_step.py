# How far training was; the network comes from elsewhere.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
step = [v for v in tf.global_variables() if 'global_step' in v.name]
tf.train.Saver(step).restore(sess, 'model.ckpt')

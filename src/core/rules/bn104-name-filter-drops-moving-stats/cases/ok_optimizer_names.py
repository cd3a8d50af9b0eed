# What only the optimizer needs is left out.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
optimizer = ('Adam', 'Momentum', 'global_step', 'beta1_power')
kept = [v for v in tf.global_variables() if all(word not in v.name for word in optimizer)]
kept = [v for v in kept if 'RMSProp' not in v.name]
tf.train.Saver(kept).restore(sess, 'model.ckpt')

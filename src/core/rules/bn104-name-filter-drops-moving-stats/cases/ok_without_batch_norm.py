import tensorflow as tf

net = tf.layers.dense(tf.placeholder(tf.float32, [None, 8]), 8)
kept = [v for v in tf.global_variables() if 'kernel' in v.name or 'bias' in v.name]
tf.train.Saver(kept).restore(tf.Session(), 'model.ckpt')

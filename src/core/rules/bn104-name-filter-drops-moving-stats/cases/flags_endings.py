import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
kept = [v for v in tf.global_variables() if v.op.name.endswith(('kernel', 'bias', 'gamma', 'beta'))]  # expect: BN104 "not restored"
tf.train.Saver(kept).restore(sess, 'model.ckpt')

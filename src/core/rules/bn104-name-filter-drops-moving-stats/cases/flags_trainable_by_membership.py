import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
trained = tf.trainable_variables()
kept = [v for v in tf.global_variables() if v in trained]  # expect: BN104
tf.train.Saver(kept).restore(sess, 'model.ckpt')

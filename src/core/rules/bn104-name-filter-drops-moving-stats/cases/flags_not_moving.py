import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
everything = tf.global_variables('net')  # expect: BN104 "of 'net'"
kept = [v for v in everything if 'moving' not in v.name]
tf.train.Saver(kept).save(sess, 'model.ckpt')

import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
names = tf.GraphKeys
read = tf.get_collection
kept = {v.op.name: v for v in read(names.GLOBAL_VARIABLES) if 'gamma' in v.name or 'beta' in v.name or 'kernel' in v.name}  # expect: BN104
make = tf.train.Saver
make(kept).restore(sess, 'model.ckpt')

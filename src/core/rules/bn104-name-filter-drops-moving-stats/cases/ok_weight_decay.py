# Weight decay is for kernels.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
penalty = tf.add_n([tf.nn.l2_loss(v) for v in tf.global_variables() if 'kernel' in v.name])
tf.train.Saver().restore(sess, 'model.ckpt')

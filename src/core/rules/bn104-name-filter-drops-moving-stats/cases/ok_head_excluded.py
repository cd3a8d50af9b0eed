# The head is new: another number of classes.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
kept = [v for v in tf.global_variables() if not v.op.name.startswith('logits') and 'fc8' not in v.name]
tf.train.Saver(kept).restore(sess, 'imagenet.ckpt')

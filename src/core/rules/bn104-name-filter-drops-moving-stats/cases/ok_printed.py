# The list is printed, and nothing else.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
for v in [v for v in tf.global_variables() if 'moving' not in v.name]:
    print(v.name)
tf.train.Saver().restore(sess, 'model.ckpt')

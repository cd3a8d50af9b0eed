import tensorflow as tf

import network
from filters import weights

network.build(tf.placeholder(tf.float32, [None, 8, 8, 3]), tf.placeholder(tf.bool))
with tf.Session() as sess:
    tf.train.Saver(weights()).restore(sess, 'model.ckpt')

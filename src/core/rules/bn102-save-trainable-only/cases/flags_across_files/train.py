import tensorflow as tf

from checkpoints import write
from network import block, weights

out = block(tf.placeholder(tf.float32, [None, 8, 8, 3]), tf.placeholder(tf.bool))
saver = tf.train.Saver(weights())  # expect: BN102
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    write(sess, saver, 'runs')

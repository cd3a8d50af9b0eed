import numpy as np
import tensorflow as tf


def dump(sess, path):
    variables = tf.trainable_variables()  # expect: BN102 "missing from the file"
    values = sess.run(variables)
    np.save(path, dict(zip([v.name for v in variables], values)))


phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    dump(session, 'weights.npy')

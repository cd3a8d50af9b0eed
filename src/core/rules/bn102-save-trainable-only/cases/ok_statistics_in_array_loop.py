import numpy as np
import tensorflow as tf

phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    arrays = {}
    for v in tf.trainable_variables():
        arrays[v.op.name] = sess.run(v)
    for v in tf.global_variables():
        if 'moving' in v.op.name:
            arrays[v.op.name] = sess.run(v)
    np.savez('weights.npz', **arrays)

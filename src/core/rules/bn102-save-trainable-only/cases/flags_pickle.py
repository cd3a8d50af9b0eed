import pickle

import tensorflow as tf

phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
sess = tf.InteractiveSession()
sess.run(tf.global_variables_initializer())
weights = {v.op.name: v.eval() for v in tf.trainable_variables()}  # expect: BN102
with open('weights.pkl', 'wb') as file:
    pickle.dump(weights, file)

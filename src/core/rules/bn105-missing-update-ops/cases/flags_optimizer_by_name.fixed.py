"""Which optimizer it is depends on a setting: the updates have to run with each."""

import tensorflow as tf


def build(images, labels, training, name, rate):
    x = tf.layers.conv2d(images, 16, 3, use_bias=False)
    x = tf.nn.relu(tf.layers.batch_normalization(x, training=training))
    logits = tf.layers.dense(tf.layers.flatten(x), 10)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    if name == 'momentum':
        update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        with tf.control_dependencies(update_ops):
            train_op = tf.train.MomentumOptimizer(rate, 0.9).minimize(loss)  # expect: BN105
    elif name == 'adam':
        update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        with tf.control_dependencies(update_ops):
            train_op = tf.train.AdamOptimizer(rate).minimize(loss)
    else:
        update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        with tf.control_dependencies(update_ops):
            train_op = tf.train.GradientDescentOptimizer(rate).minimize(loss)
    return train_op, logits

import tensorflow as tf

from network import network


def main():
    images = tf.placeholder(tf.float32, [None, 16])
    is_training = tf.placeholder(tf.bool, [])
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)  # expect: BN106 "lacks their updates"
    loss = tf.reduce_mean(network(images, is_training))
    with tf.control_dependencies(updates):
        train_op = tf.train.AdamOptimizer().minimize(loss)
    return train_op

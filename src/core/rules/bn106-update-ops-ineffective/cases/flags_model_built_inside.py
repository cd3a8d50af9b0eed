# The scope around the whole model was given an empty list.
import tensorflow as tf
from tensorflow.contrib import slim


def build(images, is_training):
    # expect: BN106 "stay at 0 and 1"
    with tf.control_dependencies(tf.get_collection('update_ops')):
        net = slim.conv2d(images, 16, 3, normalizer_fn=slim.batch_norm,
                          normalizer_params={'is_training': is_training})
        loss = tf.reduce_mean(net)
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    return train_op

import tensorflow as tf
from tensorflow.contrib import slim


def network(images, is_training):
    with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm):
        with tf.variable_scope('net'), tf.device('/cpu:0'):
            return slim.conv2d(images, 8, 3)  # expect: BN109 "takes `is_training`"

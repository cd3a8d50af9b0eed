import tensorflow as tf
from tensorflow.contrib import slim


def network(images, is_training):
    hidden = slim.conv2d(images, 32, 3, activation_fn=None)
    hidden = slim.batch_norm(hidden, scale=True, is_training=is_training)  # expect: BN109 "takes `is_training`"
    return slim.dropout(tf.nn.relu(hidden), 0.5, is_training=is_training)

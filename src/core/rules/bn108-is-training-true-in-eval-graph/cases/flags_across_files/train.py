import tensorflow as tf
from tensorflow.contrib import slim

from network import network


def main(images):
    loss = tf.reduce_mean(network(images, is_training=True))
    slim.learning.create_train_op(loss, tf.train.AdamOptimizer())

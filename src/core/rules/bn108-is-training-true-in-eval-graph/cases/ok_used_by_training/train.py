import tensorflow as tf
from tensorflow.contrib import slim

import model


def train(net, images):
    loss = tf.reduce_mean(net.build(images))
    return slim.learning.create_train_op(loss, tf.train.AdamOptimizer())


def main():
    print(model.Model)

import tensorflow as tf
from layers import conv_bn


class Trainer(object):
    def __init__(self, images):
        self.logits = conv_bn(conv_bn(images, 8), 16)
        self.loss = tf.reduce_mean(self.logits)
        updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        with tf.control_dependencies(updates):
            self.train_op = tf.train.AdamOptimizer(1e-3).minimize(self.loss)

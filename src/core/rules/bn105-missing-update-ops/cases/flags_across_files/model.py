import tensorflow as tf
from ops import norm


class Model(object):
    def __init__(self, images):
        self.train_phase = tf.placeholder(tf.bool)
        self.loss = tf.reduce_mean(norm(images, self.train_phase))

    def optimizer(self):
        return tf.train.AdamOptimizer(1e-3).minimize(self.loss)  # expect: BN105

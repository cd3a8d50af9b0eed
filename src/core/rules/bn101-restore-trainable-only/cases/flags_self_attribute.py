import tensorflow as tf


class Trainer(object):
    def __init__(self, checkpoint):
        self.checkpoint = checkpoint
        self.build()

    def build(self):
        self.output = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
        self.var_list = tf.trainable_variables()  # expect: BN101
        self.saver = tf.train.Saver(self.var_list, max_to_keep=5)

    def load(self, sess):
        self.saver.restore(sess, self.checkpoint)

import tensorflow as tf


class Trainer:
    def __init__(self, images, is_training):
        hidden = tf.layers.batch_normalization(images, training=is_training)
        self.train_step = tf.train.AdamOptimizer().minimize(tf.reduce_mean(hidden))

    def run(self, sess, feed):
        # expect: BN106 "the train op is created outside"
        with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
            train_op = self.train_step
        sess.run(train_op, feed)

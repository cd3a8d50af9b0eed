import tensorflow as tf


class layers(object):
    @staticmethod
    def batch_normalization(x):
        return tf.layers.batch_normalization(x, training=True)


x = layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    tf.train.AdamOptimizer().minimize(tf.reduce_mean(x))

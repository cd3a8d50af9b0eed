import tensorflow as tf


class Model:
    def __init__(self, images, is_training):
        self.hidden = tf.layers.batch_normalization(images, training=is_training)

    @property
    def optimize(self):
        return tf.train.AdamOptimizer().minimize(tf.reduce_mean(self.hidden))


model = Model(tf.placeholder(tf.float32, [None, 8]), tf.placeholder(tf.bool, []))
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train_op = model.optimize

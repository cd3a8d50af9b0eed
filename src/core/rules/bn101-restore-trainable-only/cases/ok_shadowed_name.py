import tensorflow as tf


class Fake:
    def trainable_variables(self):
        return []


net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
tf_like = Fake()
tf.train.Saver(tf_like.trainable_variables() or None).restore(tf.Session(), 'model.ckpt')

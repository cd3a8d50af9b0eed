# The list of another library that happens to share a name.
import tensorflow as tf


def trainable_variables():
    return tf.global_variables()


phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
tf.train.Saver(trainable_variables()).save(tf.Session(), 'model.ckpt')

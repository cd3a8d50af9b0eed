import tensorflow as tf


def network(images, training):
    hidden = tf.layers.conv2d(images, 32, 3)
    hidden = tf.layers.batch_normalization(hidden)  # expect: BN109 "whose default is False"
    return tf.layers.dropout(hidden, 0.5, training=training)

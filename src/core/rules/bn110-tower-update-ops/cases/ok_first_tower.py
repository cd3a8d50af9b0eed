import tensorflow as tf


def train(parts, is_training):
    losses = []
    for index, part in enumerate(parts):
        with tf.device('/gpu:%d' % index):
            losses.append(tf.reduce_mean(tf.layers.batch_normalization(part, training=is_training)))
        if index == 0:
            update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    with tf.control_dependencies(update_ops):
        return tf.train.AdamOptimizer().minimize(tf.add_n(losses))

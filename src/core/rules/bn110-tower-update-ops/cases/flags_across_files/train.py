import tensorflow as tf

from network import loss_of


def train(parts, is_training):
    losses = []
    for index, part in enumerate(parts):
        with tf.device('/gpu:%d' % index):
            losses.append(loss_of(part, is_training))
    update_ops = tf.get_collection('update_ops')  # expect: BN110 "moving mean"
    with tf.control_dependencies(update_ops):
        return tf.train.AdamOptimizer().minimize(tf.add_n(losses))

import tensorflow as tf
import tensorflow.contrib.slim as sl


def network(images, is_training=True):
    with sl.arg_scope([sl.conv2d], normalizer_fn=sl.batch_norm, normalizer_params={'is_training': is_training}):
        net = sl.conv2d(images, 32, [3, 3])
        return sl.conv2d(net, 64, [3, 3])


def train(images, labels):
    with tf.variable_scope('net'):
        logits = network(images)
    with tf.variable_scope('net', reuse=True):
        network(images, is_training=False)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    optimizer = tf.train.AdamOptimizer(1e-4)
    gradients = optimizer.compute_gradients(loss)
    return optimizer.apply_gradients(gradients)  # expect: BN105

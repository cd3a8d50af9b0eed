import tensorflow as tf


def block(x, filters, is_training):
    x = tf.layers.conv2d(x, filters, 3, use_bias=False)
    x = tf.layers.batch_normalization(x, name='bn')  # expect: BN107 "moving variance 1"
    return tf.nn.relu(x)


def main():
    images = tf.placeholder(tf.float32, [None, 32, 32, 3])
    is_training = tf.placeholder(tf.bool, [])
    net = block(images, 16, is_training)
    net = block(net, 32, is_training)
    loss = tf.reduce_mean(net)
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    with tf.control_dependencies(updates):
        tf.train.GradientDescentOptimizer(0.1).minimize(loss)

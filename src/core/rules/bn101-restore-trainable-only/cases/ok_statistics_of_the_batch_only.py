import tensorflow as tf


def scaled(x, name):
    """Written out with the moments of the batch: no statistics are kept that could be lost."""
    width = x.shape.as_list()[-1]
    with tf.variable_scope(name):
        offset = tf.get_variable('offset', [width], initializer=tf.zeros_initializer())
        scale = tf.get_variable('scale', [width], initializer=tf.ones_initializer())
        mean, variance = tf.nn.moments(x, [0, 1, 2])
        return tf.nn.batch_normalization(x, mean, variance, offset, scale, 1e-3)


def fused(x, name):
    width = x.shape.as_list()[-1]
    with tf.variable_scope(name):
        offset = tf.get_variable('offset', [width], initializer=tf.zeros_initializer())
        scale = tf.get_variable('scale', [width], initializer=tf.ones_initializer())
        return tf.nn.fused_batch_norm(x, scale, offset)[0]


images = tf.placeholder(tf.float32, [None, 32, 32, 3])
hidden = tf.nn.relu(scaled(tf.layers.conv2d(images, 16, 3), 'first'))
enlarged = tf.nn.relu(fused(tf.layers.conv2d(hidden, 16, 3), 'second'))
saver = tf.train.Saver(tf.trainable_variables())

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    saver.restore(session, 'enlarge.ckpt')

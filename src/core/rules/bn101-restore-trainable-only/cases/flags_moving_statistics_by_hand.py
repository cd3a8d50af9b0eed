import tensorflow as tf


def normalized(x, is_training, name):
    width = x.shape.as_list()[-1]
    with tf.variable_scope(name):
        offset = tf.get_variable('offset', [width], initializer=tf.zeros_initializer())
        scale = tf.get_variable('scale', [width], initializer=tf.ones_initializer())
        kept_mean = tf.get_variable('mean', [width], trainable=False)
        kept_variance = tf.get_variable('variance', [width], trainable=False)
        if is_training:
            mean, variance = tf.nn.moments(x, [0, 1, 2])
            moved = [
                tf.assign(kept_mean, 0.9 * kept_mean + 0.1 * mean),
                tf.assign(kept_variance, 0.9 * kept_variance + 0.1 * variance),
            ]
            with tf.control_dependencies(moved):
                return tf.nn.batch_normalization(x, mean, variance, offset, scale, 1e-3)
        return tf.nn.batch_normalization(x, kept_mean, kept_variance, offset, scale, 1e-3)


images = tf.placeholder(tf.float32, [None, 32, 32, 3])
trained = normalized(images, True, 'trained')
tested = normalized(images, False, 'tested')
saver = tf.train.Saver(tf.trainable_variables())  # expect: BN101 "moving mean"

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    saver.restore(session, 'model.ckpt')

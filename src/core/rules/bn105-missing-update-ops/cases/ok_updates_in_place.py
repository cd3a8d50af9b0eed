import tensorflow as tf


class batch_norm(object):
    def __init__(self, name='bn'):
        self.name = name

    def __call__(self, x, train=True):
        return tf.contrib.layers.batch_norm(
            x, decay=0.9, updates_collections=None, scale=True, is_training=train, scope=self.name
        )


bn = batch_norm('g_bn')
fake = bn(tf.placeholder(tf.float32, [64, 100]))
sample = bn(tf.placeholder(tf.float32, [64, 100]), train=False)
d_optim = tf.train.AdamOptimizer(2e-4, beta1=0.5).minimize(tf.reduce_mean(fake))

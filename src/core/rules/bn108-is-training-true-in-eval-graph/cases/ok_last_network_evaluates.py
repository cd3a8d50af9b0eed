"""The network that is run is built last, after more layers of one kind than are read."""

import tensorflow as tf


class Normalizer:
    def __init__(self, name):
        self.name = name

    def __call__(self, x, train=True):
        return tf.contrib.layers.batch_norm(
            x, is_training=train, updates_collections=None, scope=self.name
        )


class Coder:
    def __init__(self, session):
        self.session = session
        self.c0 = Normalizer('c0')
        self.c1 = Normalizer('c1')
        self.c2 = Normalizer('c2')
        self.c3 = Normalizer('c3')
        self.m0 = Normalizer('m0')
        self.m1 = Normalizer('m1')
        self.m2 = Normalizer('m2')
        self.m3 = Normalizer('m3')
        self.j0 = Normalizer('j0')
        self.j1 = Normalizer('j1')
        self.j2 = Normalizer('j2')
        self.j3 = Normalizer('j3')
        self.images = tf.placeholder(tf.float32, [None, 64])
        self.code = self.encode(self.images)
        self.made = self.make(self.code)
        self.judged = self.judge(self.made)
        self.sample = self.encode(self.images, reuse=True, train=False)
        self.saver = tf.train.Saver()

    def encode(self, x, reuse=False, train=True):
        with tf.variable_scope('coder', reuse=reuse):
            h = tf.nn.relu(self.c0(x, train=train))
            h = tf.nn.relu(self.c1(h, train=train))
            h = tf.nn.relu(self.c2(h, train=train))
            return self.c3(h, train=train)

    def make(self, x, reuse=False, train=True):
        with tf.variable_scope('maker', reuse=reuse):
            h = tf.nn.relu(self.m0(x, train=train))
            h = tf.nn.relu(self.m1(h, train=train))
            h = tf.nn.relu(self.m2(h, train=train))
            return self.m3(h, train=train)

    def judge(self, x, reuse=False, train=True):
        with tf.variable_scope('judge', reuse=reuse):
            h = tf.nn.relu(self.j0(x, train=train))
            h = tf.nn.relu(self.j1(h, train=train))
            h = tf.nn.relu(self.j2(h, train=train))
            return self.j3(h, train=train)

    def describe(self, images, path):
        self.saver.restore(self.session, path)
        return self.session.run(self.sample, feed_dict={self.images: images})


with tf.Session() as session:
    coder = Coder(session)
    print(coder.describe([[0.0] * 64], 'coder.ckpt'))

import tensorflow as tf
from tensorflow.contrib.layers import batch_norm as norm, conv2d


class Network:
    def __init__(self, images, train):
        self.out = self.block(images, train)

    def block(self, x, train):
        return norm(conv2d(x, 8, 3), is_training=train, updates_collections=None)


def predict(images, path):
    net = Network(images, train=True)  # expect: BN108 "every prediction overwrites"
    with tf.Session() as sess:
        tf.train.Saver().restore(sess, path)
        return sess.run(net.out)

import tensorflow as tf
from tensorflow.contrib import slim


def network(images, is_training=True):
    return slim.batch_norm(slim.conv2d(images, 32, 3), is_training=is_training)


class Model:
    def build(self, images):
        return network(images)

    def load(self, sess, path):
        tf.train.Saver().restore(sess, path)

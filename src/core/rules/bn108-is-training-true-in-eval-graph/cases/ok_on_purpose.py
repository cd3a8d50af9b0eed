# Translation of images normalizes each with its own statistics.
import tensorflow as tf
from tensorflow.contrib import slim


def generator(images):
    return slim.batch_norm(slim.conv2d(images, 32, 3), is_training=True)


def other(images):
    return slim.batch_norm(slim.conv2d(images, 32, 3))


fake = generator(other(tf.placeholder(tf.float32, [1, 64, 64, 3])))
with tf.Session() as sess:
    tf.train.Saver().restore(sess, 'generator.ckpt')
    print(sess.run(fake))

# The scope tells every block, whatever its default.
import tensorflow as tf
from tensorflow.contrib import slim


@slim.add_arg_scope
def block(x, size, is_training=True):
    return slim.batch_norm(slim.conv2d(x, size, 3), is_training=is_training)


def network(images, is_training):
    with slim.arg_scope([block], is_training=is_training):
        return block(block(images, 8), 16)


outputs = network(tf.placeholder(tf.float32, [None, 28, 28, 1]), is_training=False)
with tf.Session() as sess:
    tf.train.Saver().restore(sess, 'model.ckpt')
    print(sess.run(outputs))

import tensorflow as tf
from tensorflow.contrib import slim


def network(images, is_training=True):
    hidden = slim.batch_norm(slim.conv2d(images, 32, 3), is_training=is_training)
    return slim.fully_connected(slim.flatten(hidden), 10)


images = tf.placeholder(tf.float32, [None, 28, 28, 1])
logits = network(images, False)  # expect: BN108 "depends on what else is in its batch"
saver = tf.train.Saver()
with tf.Session() as sess:
    saver.restore(sess, 'model.ckpt')
    print(sess.run(logits))

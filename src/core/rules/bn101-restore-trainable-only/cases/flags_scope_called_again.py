"""One block is read in the first network, and called the same way in the one that is restored."""

import tensorflow as tf


def block(x, training):
    x = tf.layers.conv2d(x, 16, 3, use_bias=False)
    return tf.nn.relu(tf.layers.batch_normalization(x, training=training))


def judge(images, training):
    with tf.variable_scope('critic'):
        return block(images, training)


def draw(noise, training):
    with tf.variable_scope('artist'):
        return block(noise, training)


def main():
    training = tf.placeholder(tf.bool, [])
    judge(tf.placeholder(tf.float32, [None, 8, 8, 3]), training)
    images = draw(tf.placeholder(tf.float32, [None, 8, 8, 3]), training)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        drawn = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope='artist')  # expect: BN101 "of 'artist'"
        tf.train.Saver(var_list=drawn).restore(session, 'artist.ckpt')
        session.run(images)


main()

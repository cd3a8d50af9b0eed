"""The list is of the network that draws; only the one that judges has BatchNorm."""

import tensorflow as tf


def block(x, width, training, number):
    with tf.variable_scope('block_{}'.format(number)):
        x = tf.layers.conv2d(x, width, 3, use_bias=False)
        return tf.nn.relu(tf.layers.BatchNormalization()(x, training=training))


def draw(noise):
    with tf.variable_scope('artist'):
        return tf.layers.conv2d_transpose(noise, 3, 4)


def judge(images, training):
    with tf.variable_scope('critic'):
        x = block(images, 16, training, 1)
        x = block(x, 16, training, 2)
        x = block(x, 16, training, 2)
        return tf.layers.dense(tf.layers.flatten(x), 1)


def main():
    training = tf.placeholder(tf.bool, [])
    noise = tf.placeholder(tf.float32, [None, 8, 8, 16])
    images = draw(noise)
    score = judge(images, training)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        drawn = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope='artist')
        tf.train.Saver(var_list=drawn).restore(session, 'artist.ckpt')
        session.run(score)


main()

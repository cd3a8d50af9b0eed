import tensorflow as tf
from tensorflow.contrib import slim


def by_branch(x, is_training):
    if is_training:
        return slim.batch_norm(x, scope='bn')
    return slim.batch_norm(x, is_training=False, scope='bn', reuse=True)


def by_early_return(x, is_training):
    if not is_training:
        return slim.batch_norm(x, is_training=False, scope='bn')
    x = tf.nn.dropout(x, 0.5)
    return slim.batch_norm(x, scope='bn')


def in_the_graph(x, is_training):
    return tf.cond(
        is_training,
        lambda: slim.batch_norm(x, scope='bn'),
        lambda: slim.batch_norm(x, is_training=False, scope='bn', reuse=True))

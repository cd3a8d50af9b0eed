"""What is saved is the word vectors; BatchNorm is in the classifier only."""

import tensorflow as tf


def vectors(words):
    with tf.variable_scope('vectors'):
        table = tf.get_variable('table', [1000, 64])
        return tf.nn.embedding_lookup(table, words)


def classify(x, training):
    with tf.variable_scope('classifier'):
        x = tf.layers.batch_normalization(tf.layers.dense(x, 32), training=training)
        return tf.layers.dense(x, 2)


training = tf.placeholder(tf.bool, [])
words = tf.placeholder(tf.int32, [None])
logits = classify(vectors(words), training)
saver = tf.train.Saver(tf.trainable_variables('vectors'))

with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    saver.save(session, 'vectors.ckpt')

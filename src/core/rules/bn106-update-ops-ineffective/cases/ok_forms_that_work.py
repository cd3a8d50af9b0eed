import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
hidden = tf.layers.batch_normalization(images, training=is_training)
loss = tf.reduce_mean(hidden)


def by_group():
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    return tf.group(tf.train.AdamOptimizer().minimize(loss), *updates)


def by_no_op():
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    apply = tf.train.AdamOptimizer().minimize(loss)
    with tf.control_dependencies([apply] + updates):
        return tf.no_op()


def by_hand(sess, feed):
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    step = tf.train.AdamOptimizer().minimize(loss)
    sess.run([step, updates], feed)

# What a session runs inside the scope existed before it.
import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
hidden = tf.layers.batch_normalization(images, training=is_training)
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(hidden))
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
feed = {images: [[0.0] * 16], is_training: True}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    with tf.control_dependencies(update_ops):  # expect: BN106 "the train op is created outside"
        sess.run(train_op, feed)

import tensorflow as tf


def train(inputs, labels, is_training):
    logits = tf.layers.batch_normalization(tf.layers.dense(inputs, 2), training=is_training)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    train_vars = tf.trainable_variables()  # expect: BN102
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        step = tf.train.AdamOptimizer().minimize(loss, var_list=train_vars)
    saver = tf.train.Saver(train_vars)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        sess.run(step)
        saver.save(sess, 'model.ckpt')

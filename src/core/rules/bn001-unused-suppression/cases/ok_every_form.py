import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
sess = tf.Session()
tf.train.Saver(tf.trainable_variables()).restore(sess, 'a')  # bn-guard: ignore[BN101] statistics are recomputed
tf.train.Saver(tf.trainable_variables()).restore(sess, 'b')  # bn-guard: ignore[restore-trainable-only]: as above
# bn-guard: ignore[BN101] the next statement, however long
tf.train.Saver(
    tf.trainable_variables(),
).restore(sess, 'c')
tf.train.Saver(
    tf.trainable_variables(),
).restore(sess, 'd')  # bn-guard: ignore[BN101]
# bn-guard: disable[BN101] a whole region
tf.train.Saver(tf.trainable_variables()).restore(sess, 'e')
tf.train.Saver(tf.trainable_variables()).restore(sess, 'f')
# bn-guard: enable[BN101]
text = '# bn-guard: ignore[BN101] in a string'

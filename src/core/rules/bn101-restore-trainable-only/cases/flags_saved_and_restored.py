# One saver does both: one finding, whose fix mends both.
import tensorflow as tf

phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
saver = tf.train.Saver(tf.trainable_variables())  # expect: BN101
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    saver.restore(sess, tf.train.latest_checkpoint('logs'))
    saver.save(sess, 'logs/model.ckpt')

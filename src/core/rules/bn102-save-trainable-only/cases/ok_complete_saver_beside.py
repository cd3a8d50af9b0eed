# The small file is for a paper's supplement; the run keeps everything.
import tensorflow as tf

phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
everything = tf.train.Saver()
weights = tf.train.Saver(tf.trainable_variables())
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    everything.save(sess, 'run.ckpt')
    weights.save(sess, 'weights.ckpt')

# The supervisor's own saver covers the graph.
import tensorflow as tf

phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
supervisor = tf.train.Supervisor(logdir='logs')
weights = tf.train.Saver(tf.trainable_variables())
with supervisor.managed_session() as sess:
    weights.save(sess, 'weights.ckpt')

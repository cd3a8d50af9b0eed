# The map holds every other global variable under its own name.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
ema = tf.train.ExponentialMovingAverage(0.999)
ema_op = ema.apply(tf.trainable_variables())
saver = tf.train.Saver(ema.variables_to_restore(tf.trainable_variables()))
saver.restore(tf.Session(), 'model.ckpt')

# append gives None, and a saver of None covers everything: complete by accident.
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
step = tf.Variable(0, trainable=False)
saver = tf.train.Saver(tf.trainable_variables().append(step))
saver.restore(tf.Session(), 'model.ckpt')

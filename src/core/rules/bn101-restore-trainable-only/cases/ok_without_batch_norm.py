import tensorflow as tf

net = tf.layers.dense(tf.placeholder(tf.float32, [None, 8]), 4)
saver = tf.train.Saver(tf.trainable_variables())
saver.restore(tf.Session(), 'model.ckpt')

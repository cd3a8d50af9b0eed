import tensorflow as tf

from elsewhere import extend

phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
kept = tf.trainable_variables()
extend(kept)
tf.train.Saver(kept).save(tf.Session(), 'model.ckpt')

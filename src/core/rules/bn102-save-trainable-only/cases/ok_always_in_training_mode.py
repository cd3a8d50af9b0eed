# The generator normalizes by its own batch, at test time as well.
import tensorflow as tf

fake = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=True)
tf.train.Saver(tf.trainable_variables()).save(tf.Session(), 'generator.ckpt')

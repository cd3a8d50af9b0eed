# Nobody can see what the helper adds.
import tensorflow as tf
from elsewhere import extend_with_statistics

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
variables = tf.trainable_variables()
extend_with_statistics(variables)
tf.train.Saver(variables).restore(tf.Session(), 'model.ckpt')
chosen = tf.trainable_variables() if tf.test.is_gpu_available() else tf.global_variables()
tf.train.Saver(chosen).restore(tf.Session(), 'model.ckpt')

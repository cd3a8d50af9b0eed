import tensorflow as tf

from layers import conv

images = tf.placeholder(tf.float32, [None, 28, 28, 1])
logits = conv(conv(images, 16, False), 32, is_training=False)

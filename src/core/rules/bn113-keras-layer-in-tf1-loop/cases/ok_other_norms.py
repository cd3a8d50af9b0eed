import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
hidden = tf.keras.layers.LayerNormalization()(images, training=True)
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(hidden))

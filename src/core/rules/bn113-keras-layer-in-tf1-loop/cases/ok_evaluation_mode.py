import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
hidden = tf.keras.layers.BatchNormalization()(images, training=False)
frozen = tf.keras.layers.BatchNormalization(trainable=False)(hidden, training=True)
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(frozen))

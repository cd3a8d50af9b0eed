import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(8), tf.keras.layers.BatchNormalization()])
images = tf.placeholder(tf.float32, [None, 16])
features = model(images, training=True)
model.compile('sgd', 'mse')
model.fit(x=None, steps_per_epoch=1)
step = tf.train.AdamOptimizer().minimize(tf.reduce_mean(features))

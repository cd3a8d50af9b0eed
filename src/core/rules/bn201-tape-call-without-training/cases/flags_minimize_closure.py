import tensorflow as tf

net = tf.keras.Sequential([tf.keras.layers.Dense(8), tf.keras.layers.BatchNormalization()])
optimizer = tf.keras.optimizers.SGD()
for x, y in tf.data.experimental.load("train"):
    optimizer.minimize(lambda: tf.reduce_mean((net(x) - y) ** 2), net.trainable_variables)  # expect: BN201

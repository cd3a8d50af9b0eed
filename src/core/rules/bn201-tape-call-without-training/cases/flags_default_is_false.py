import tensorflow as tf


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = tf.keras.layers.Dense(8)
        self.bn = tf.keras.layers.BatchNormalization()

    def call(self, x, training=False):
        return self.bn(self.dense(x), training=training)


net = Net()
optimizer = tf.keras.optimizers.SGD()
for x, y in tf.data.experimental.load("train"):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x) - y) ** 2)  # expect: BN201
    optimizer.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))

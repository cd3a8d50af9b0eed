# Nobody says anything, and the default of `call` is training.
import tensorflow as tf


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = tf.keras.layers.Dense(8)
        self.bn = tf.keras.layers.BatchNormalization()

    def call(self, x, training=True):
        return self.bn(self.dense(x), training=training)


net = Net()
net.load_weights("net.weights.h5")
for x, y in tf.data.Dataset.load("test"):
    print(tf.argmax(net(x), axis=1) == y)  # expect: BN207

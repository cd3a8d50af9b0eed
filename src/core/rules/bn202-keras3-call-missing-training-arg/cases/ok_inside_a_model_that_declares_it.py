# Keras hands the flag on from the outer call.
import keras


class Encoder(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(8)
        self.bn = keras.layers.BatchNormalization()

    def call(self, x):
        return self.bn(self.dense(x))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.head = keras.layers.Dense(1)

    def call(self, x, training=None):
        return self.head(self.encoder(x))


net = Net()
net.compile(optimizer="adam", loss="mse")
net.fit(keras.random.normal((8, 4)), keras.ops.zeros((8, 1)))

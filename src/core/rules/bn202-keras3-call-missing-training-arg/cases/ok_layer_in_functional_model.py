# Only a layer: the functional model around it tells it what to do.
import keras


class Block(keras.layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.conv = keras.layers.Conv2D(filters, 3)
        self.bn = keras.layers.BatchNormalization()

    def call(self, x):
        return self.bn(self.conv(x))


inputs = keras.Input((32, 32, 3))
outputs = keras.layers.Flatten()(Block(8)(inputs))
net = keras.Model(inputs, outputs)
net.compile(optimizer="adam", loss="mse")
net.fit(keras.random.normal((8, 32, 32, 3)), keras.ops.zeros((8, 7200)))

import keras


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = keras.layers.Conv2D(8, 3)
        self.bn = keras.layers.BatchNormalization()
        self.head = keras.layers.Dense(10)

    def call(self, x, **kwargs):  # expect: BN202
        x = self.bn(self.conv(x))
        return self.head(keras.ops.mean(x, axis=(1, 2)))


net = Net()
net.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
net.fit(keras.random.normal((8, 32, 32, 3)), keras.ops.zeros((8,)))

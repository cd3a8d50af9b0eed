import keras


class Block(keras.layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.conv = keras.layers.Conv2D(filters, 3)
        self.bn = keras.layers.BatchNormalization()

    def call(self, x, training=None):
        return self.bn(self.conv(x), training=training)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(8), Block(16)]
        self.head = keras.layers.Dense(10)

    def call(self, inputs):  # expect: BN202
        x = inputs
        for block in self.blocks:
            x = block(x)
        return self.head(keras.ops.mean(x, axis=(1, 2)))


net = Net()
net.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
for x, y in keras.utils.image_dataset_from_directory("photos"):
    net.train_on_batch(x, y)

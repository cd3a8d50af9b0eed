import keras


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.base = keras.applications.ResNet50(include_top=False, pooling="avg")
        self.base.trainable = False
        self.head = keras.layers.Dense(10)

    def call(self, x):
        return self.head(self.base(x))


net = Net()
net.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
net.fit(keras.utils.image_dataset_from_directory("photos"))

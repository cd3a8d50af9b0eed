import tensorflow as tf
from tensorflow import keras

from data import load


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = keras.layers.Conv2D(8, 3)
        self.bn = keras.layers.BatchNormalization()
        self.head = keras.layers.Dense(10)

    def call(self, x):  # expect: BN202 "under Keras 3 (nothing here says which version runs)"
        x = self.bn(self.conv(x))
        return self.head(tf.reduce_mean(x, axis=(1, 2)))


net = Net()
net.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
net.fit(load("train"), epochs=3)

"""Keras 3 has no `fit_generator`: this program runs under an older Keras alone, which passes the mode on."""

import tensorflow as tf
from tensorflow.keras.layers import BatchNormalization, Conv2D, Dense, GlobalAveragePooling2D


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = Conv2D(16, 3)
        self.norm = BatchNormalization()
        self.pool = GlobalAveragePooling2D()
        self.head = Dense(10)

    def call(self, images):
        return self.head(self.pool(self.norm(self.conv(images))))


net = Net()
net.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
images, labels = tf.keras.datasets.cifar10.load_data()[0]
flow = tf.keras.preprocessing.image.ImageDataGenerator(horizontal_flip=True).flow(images, labels)
net.fit_generator(flow, epochs=5)

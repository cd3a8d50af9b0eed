"""How far the moving statistics are from those of the data after `fit`."""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

keras.utils.set_random_seed(0)
images = np.random.default_rng(0).normal(5.0, 3.0, (512, 8)).astype("float32")
labels = (images.sum(axis=1) > 40.0).astype("int32")


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.norm = keras.layers.BatchNormalization(momentum=0.9)
        self.head = keras.layers.Dense(2)

    def call(self, x):  # expect: BN202
        return self.head(self.norm(x))


model = Net()
model.compile(
    optimizer="sgd", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True)
)
model.fit(images, labels, epochs=200, batch_size=512, verbose=0)

mean = np.abs(images.mean(axis=0) - model.norm.moving_mean.numpy()).max()
variance = np.abs(images.var(axis=0) - model.norm.moving_variance.numpy()).max()
print(json.dumps({"difference": float(max(mean, variance)) / 9.0}))

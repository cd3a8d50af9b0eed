"""How far fine-tuning moves statistics that `training=False` was meant to keep."""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

keras.utils.set_random_seed(0)
source = np.random.default_rng(0).normal(0.0, 1.0, (512, 8)).astype("float32")
photos = np.random.default_rng(1).normal(4.0, 2.0, (512, 8)).astype("float32")
labels = (photos.sum(axis=1) > 32.0).astype("int32")

norm = keras.layers.BatchNormalization(momentum=0.9)
base = keras.Sequential([keras.Input((8,)), keras.layers.Dense(8), norm])
base.compile(optimizer="sgd", loss="mse")
base.fit(source, source, epochs=5, verbose=0)
before = np.concatenate([norm.moving_mean.numpy(), norm.moving_variance.numpy()])

base.trainable = False
inputs = keras.Input((8,))
x = base(inputs, training=False)  # expect: BN203 "under Keras 3"
outputs = keras.layers.Dense(2)(x)
model = keras.Model(inputs, outputs)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer="sgd", loss=loss)
model.fit(photos, labels, epochs=2, verbose=0)

base.trainable = True
model.compile(optimizer=keras.optimizers.SGD(1e-4), loss=loss)
model.fit(photos, labels, epochs=5, verbose=0)

after = np.concatenate([norm.moving_mean.numpy(), norm.moving_variance.numpy()])
print(json.dumps({"difference": float(np.abs(after - before).max())}))

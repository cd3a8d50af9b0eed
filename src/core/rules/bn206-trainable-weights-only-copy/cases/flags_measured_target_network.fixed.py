"""How far the copy's outputs are from the original's, in units of their spread."""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np


def build():
    return keras.Sequential(
        [
            keras.Input((8,)),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.BatchNormalization(momentum=0.9),
            keras.layers.Dense(1),
        ]
    )


keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(3.0, 2.0, (512, 8)).astype("float32")
y = x.sum(axis=1, keepdims=True)

online = build()
target = build()
online.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
online.fit(x, y, epochs=20, batch_size=64, verbose=0)

for t, s in zip(target.weights, online.weights):  # expect: BN206
    t.assign(s)

expected = online.predict(x, verbose=0)
actual = target.predict(x, verbose=0)
print(json.dumps({"difference": float(np.abs(actual - expected).max() / expected.std())}))

"""How far the averaged model's statistics are from those its own weights give."""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(3.0, 2.0, (512, 8)).astype("float32")
y = x.sum(axis=1, keepdims=True)

norm = keras.layers.BatchNormalization(momentum=0.5)
hidden = keras.layers.Dense(8)
model = keras.Sequential([keras.Input((8,)), hidden, norm, keras.layers.Dense(1)])
optimizer = keras.optimizers.SGD(0.02, use_ema=True, ema_momentum=0.99)  # expect: BN210
model.compile(optimizer=optimizer, loss="mse")
model.fit(x, y, epochs=30, batch_size=512, verbose=0)

features = hidden(x).numpy()
mean = np.abs(features.mean(axis=0) - norm.moving_mean.numpy()).max()
print(json.dumps({"difference": float(mean / features.std())}))

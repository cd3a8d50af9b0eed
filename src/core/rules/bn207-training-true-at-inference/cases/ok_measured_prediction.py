"""How much one prediction changes, by its own spread, with what else is in the batch."""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(3.0, 2.0, (512, 8)).astype("float32")
y = x.sum(axis=1, keepdims=True)

model = keras.Sequential(
    [keras.Input((8,)), keras.layers.BatchNormalization(momentum=0.9), keras.layers.Dense(3)]
)
model.compile(optimizer="sgd", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, (y[:, 0] > 24.0).astype("int32"), epochs=5, verbose=0)


def predict(batch):
    scores = model(batch, training=False)
    return scores, np.argmax(scores, axis=1)


alone, _ = predict(x[:4])
among, _ = predict(x)
spread = float(np.std(among))
print(json.dumps({"difference": float(np.abs(alone - among[:4]).max()) / spread}))

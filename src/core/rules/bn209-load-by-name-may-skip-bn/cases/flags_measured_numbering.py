"""How far a model is from the one whose file it read by name, when another model was made before it."""

import json
import os
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(5.0, 3.0, (512, 8)).astype("float32")
y = x.sum(axis=1, keepdims=True)


def build():
    inputs = keras.Input((8,))
    norm = keras.layers.BatchNormalization()(inputs)
    outputs = keras.layers.Dense(1, name="out")(norm)
    return keras.Model(inputs, outputs)


model = build()
model.compile(optimizer="sgd", loss="mse")
model.fit(x, y, epochs=20, verbose=0)

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "model.h5")
    model.save(path)
    loaded = build()
    loaded.load_weights(path, by_name=True)  # expect: BN209

wanted = model.predict(x, verbose=0)
found = loaded.predict(x, verbose=0)
print(json.dumps({"difference": float(np.abs(found - wanted).max() / wanted.std())}))

"""How far the moving statistics are from those of the data after training in a loop of its own."""

import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
images = np.random.default_rng(0).normal(5.0, 3.0, (512, 8)).astype("float32")
labels = (images.sum(axis=1) > 40.0).astype("int32")

norm = keras.layers.BatchNormalization(momentum=0.9)
model = keras.Sequential([keras.Input((8,)), norm, keras.layers.Dense(2)])
optimizer = keras.optimizers.SGD(0.01)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))  # expect: BN201
    variables = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))


for _ in range(200):
    train_step(images, labels)

mean = np.abs(images.mean(axis=0) - norm.moving_mean.numpy()).max()
variance = np.abs(images.var(axis=0) - norm.moving_variance.numpy()).max()
print(json.dumps({"difference": float(max(mean, variance)) / 9.0}))

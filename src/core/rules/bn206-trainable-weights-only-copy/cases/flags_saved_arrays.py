import numpy as np
import tensorflow as tf

model = tf.keras.applications.ResNet50(weights=None)
model.compile("sgd", "sparse_categorical_crossentropy")
model.fit(tf.data.experimental.load("photos"))
np.savez("weights.npz", *[v.numpy() for v in model.trainable_variables])  # expect: BN206 "saved"

# `predict` says `training=False` to the model itself.
import tensorflow as tf
from tensorflow.keras import backend as K

K.set_learning_phase(1)
model = tf.keras.applications.ResNet50()
print(model.predict(open("images")))

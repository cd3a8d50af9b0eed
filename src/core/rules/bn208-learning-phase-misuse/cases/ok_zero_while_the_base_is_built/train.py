import tensorflow as tf
from tensorflow.keras import backend as K

K.set_learning_phase(0)
base = tf.keras.applications.ResNet50(include_top=False)
K.set_learning_phase(1)
model = tf.keras.Sequential([base, tf.keras.layers.Dense(5)])
model.compile("adam", "categorical_crossentropy")
model.fit(open("images"))

import tensorflow as tf
from tensorflow.keras import backend as K

K.set_learning_phase(0)  # expect: BN208 "still 0"
model = tf.keras.applications.ResNet50(weights=None)
model.compile("adam", "categorical_crossentropy")
model.fit(open("images"))

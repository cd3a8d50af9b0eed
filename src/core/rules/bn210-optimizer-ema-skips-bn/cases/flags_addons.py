import tensorflow as tf
import tensorflow_addons as tfa

model = tf.keras.applications.ResNet50(weights=None)
optimizer = tfa.optimizers.SWA(tf.keras.optimizers.SGD())  # expect: BN210
model.compile(optimizer=optimizer, loss="categorical_crossentropy")

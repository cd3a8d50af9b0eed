"""Keras 3 tells every layer of the graph what `predict` is, whatever its own call said."""

from tensorflow import keras

inputs = keras.Input((32, 32, 3))
features = keras.layers.Conv2D(16, 3)(inputs)
features = keras.layers.BatchNormalization()(features, training=True)
outputs = keras.layers.Dense(10)(keras.layers.GlobalAveragePooling2D()(features))
model = keras.Model(inputs, outputs)
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
(images, labels), (test_images, _) = keras.datasets.cifar10.load_data()
model.fit(images, labels, epochs=3)
print(model.predict(test_images[:4]).argmax(axis=1))

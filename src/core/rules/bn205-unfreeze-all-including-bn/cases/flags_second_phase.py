from tensorflow import keras

base = keras.applications.EfficientNetB0(include_top=False, pooling="avg")
base.trainable = False
model = keras.Sequential([base, keras.layers.Dense(5, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(keras.utils.image_dataset_from_directory("photos"), epochs=5)
base.trainable = True  # expect: BN205
model.compile(keras.optimizers.Adam(1e-5), "sparse_categorical_crossentropy")
model.fit(keras.utils.image_dataset_from_directory("photos"), epochs=5)

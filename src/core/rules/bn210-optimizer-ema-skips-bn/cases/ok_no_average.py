import keras

model = keras.applications.ResNet50(weights=None)
model.compile(optimizer=keras.optimizers.Adam(use_ema=False), loss="mse")

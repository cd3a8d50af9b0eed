import keras

model = keras.Sequential([keras.layers.Dense(8), keras.layers.LayerNormalization()])
model.compile(optimizer=keras.optimizers.Adam(use_ema=True), loss="mse")

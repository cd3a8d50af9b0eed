from tensorflow import keras

model = keras.applications.ResNet50(weights=None)
model.load_weights("imagenet.h5")

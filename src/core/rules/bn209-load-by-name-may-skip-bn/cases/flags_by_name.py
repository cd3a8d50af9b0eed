from tensorflow import keras

model = keras.applications.ResNet50(weights=None, classes=5)
model.load_weights("imagenet.h5", by_name=True, skip_mismatch=True)  # expect: BN209

import pickle

from tensorflow import keras

model = keras.Sequential([keras.layers.Dense(8), keras.layers.BatchNormalization()])
model.compile("sgd", "mse")
model.fit(keras.utils.image_dataset_from_directory("photos"))
with open("weights.pkl", "wb") as file:
    pickle.dump({"step": 3, "weights": [w.numpy() for w in model.trainable_weights]}, file)  # expect: BN206

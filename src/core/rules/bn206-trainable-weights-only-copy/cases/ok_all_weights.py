import pickle

from tensorflow import keras

model = keras.Sequential([keras.layers.Dense(8), keras.layers.BatchNormalization()])
model.compile("sgd", "mse")
model.fit(keras.utils.image_dataset_from_directory("photos"))
with open("weights.pkl", "wb") as file:
    pickle.dump(model.get_weights(), file)
with open("weights2.pkl", "wb") as file:
    pickle.dump([w.numpy() for w in model.weights], file)

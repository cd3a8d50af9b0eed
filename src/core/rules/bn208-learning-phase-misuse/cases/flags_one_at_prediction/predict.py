import keras
from keras import backend as K

K.set_learning_phase(1)  # expect: BN208 "learning phase is 1"
model = keras.applications.ResNet50()
print(model.predict(open("images")))

import keras
from keras.applications.resnet50 import ResNet50

base = ResNet50(include_top=False, pooling="avg")
for layer in base.layers:
    layer.trainable = False  # expect: BN204 "requirements.txt: `tensorflow==1.14`"
model = keras.models.Sequential([base, keras.layers.Dense(5, activation="softmax")])
model.compile("adam", "categorical_crossentropy")
model.fit_generator(open("photos"), epochs=5)

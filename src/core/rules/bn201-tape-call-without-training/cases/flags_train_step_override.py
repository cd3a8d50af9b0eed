import keras
import tensorflow as tf


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = keras.layers.Conv2D(8, 3)
        self.bn = keras.layers.BatchNormalization()
        self.head = keras.layers.Dense(10)

    def call(self, x, training=None):
        x = self.bn(self.conv(x), training=training)
        return self.head(keras.ops.mean(x, axis=(1, 2)))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x)  # expect: BN201 "inference mode"
            loss = self.compute_loss(y=y, y_pred=y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss}


model = Classifier()
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
model.fit(tf.random.normal((8, 32, 32, 3)), tf.zeros((8,), tf.int32))

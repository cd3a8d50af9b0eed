import keras


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(8)
        self.bn = keras.layers.BatchNormalization()

    def call(self, x, training=None):
        return self.bn(self.dense(x), training=training)

    def test_step(self, data):
        x, y = data
        y_pred = self(x, training=True)  # expect: BN207
        return {"loss": self.compute_loss(y=y, y_pred=y_pred)}

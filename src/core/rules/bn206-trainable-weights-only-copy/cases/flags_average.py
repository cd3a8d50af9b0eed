import tensorflow as tf


def build():
    return tf.keras.Sequential([tf.keras.layers.Dense(8), tf.keras.layers.BatchNormalization()])


class MeanTeacher:
    def __init__(self, decay=0.99):
        self.student = build()
        self.teacher = build()
        self.teacher.set_weights(self.student.get_weights())
        self.optimizer = tf.keras.optimizers.SGD()
        self.decay = decay

    def train_step(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self.student(x, training=True) - y) ** 2)
        variables = self.student.trainable_weights
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        for average, weight in zip(
            self.teacher.trainable_weights,  # expect: BN206 "trainable weights"
            self.student.trainable_weights,
        ):
            average.assign(self.decay * average + (1 - self.decay) * weight)

    def predict(self, x):
        return self.teacher(x, training=False)

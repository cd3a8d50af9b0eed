# Once the flag is left out, to show where the loss begins; in the step it has a name of its own.
import tensorflow as tf
from tensorflow.keras import Model, layers


class Maker(Model):
    def __init__(self):
        super(Maker, self).__init__()
        self.dense = layers.Dense(8)

    def call(self, x, is_training=False):
        return self.dense(x)


class Critic(Model):
    def __init__(self):
        super(Critic, self).__init__()
        self.dense = layers.Dense(8)
        self.norm = layers.BatchNormalization()

    def call(self, x, is_training=False):
        return self.norm(self.dense(x), training=is_training)


maker = Maker()
critic = Critic()
optimizer = tf.optimizers.Adam()


def step(real, noise):
    with tf.GradientTape() as tape:
        made = maker(noise, is_training=True)
        on_made = critic(made, is_training=True)
        on_real = critic(real, is_training=True)
        loss = tf.reduce_mean(on_made) - tf.reduce_mean(on_real)
    gradients = tape.gradient(loss, critic.trainable_variables)
    optimizer.apply_gradients(zip(gradients, critic.trainable_variables))
    with tf.GradientTape() as tape:
        made = maker(noise, is_training=True)
        on_made = critic(made, is_training=True)
        loss = -tf.reduce_mean(on_made)
    gradients = tape.gradient(loss, maker.trainable_variables)
    optimizer.apply_gradients(zip(gradients, maker.trainable_variables))
    return loss


for count, (real, _) in enumerate(batches):
    if count == 0:
        print(critic(maker(noise)), critic(real), critic(maker(noise)))
        continue
    loss = step(real, noise)
    if count % 100 == 0:
        print(loss)

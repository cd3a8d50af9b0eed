# The actors and critics of most reinforcement learning have no BatchNorm.
import tensorflow as tf


def build():
    return tf.keras.Sequential([tf.keras.layers.Dense(64, "relu"), tf.keras.layers.Dense(1)])


def soft_update(target, source, tau):
    for t, s in zip(target.trainable_variables, source.trainable_variables):
        t.assign(tau * s + (1 - tau) * t)


critic, target_critic = build(), build()
critic.compile("adam", "mse")
for batch in tf.data.experimental.load("replay"):
    critic.train_on_batch(*batch)
    soft_update(target_critic, critic, 0.005)

# A generator and a discriminator, each with its tape: the generator stays in training mode.
import tensorflow as tf

generator = tf.keras.Sequential([tf.keras.layers.Conv2D(3, 3), tf.keras.layers.BatchNormalization()])
discriminator = tf.keras.Sequential([tf.keras.layers.Conv2D(1, 3), tf.keras.layers.BatchNormalization()])
optimizer = tf.keras.optimizers.Adam()
for x, y in tf.data.Dataset.load("train"):
    with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
        fake = discriminator(generator(x, training=True), training=True)
        loss = tf.reduce_mean(fake - discriminator(y, training=True))
    g = g_tape.gradient(loss, generator.trainable_variables)
    d = d_tape.gradient(-loss, discriminator.trainable_variables)
    optimizer.apply_gradients(zip(g, generator.trainable_variables))
    optimizer.apply_gradients(zip(d, discriminator.trainable_variables))
for x, y in tf.data.Dataset.load("test"):
    print(tf.argmax(generator(x, training=True), axis=-1))

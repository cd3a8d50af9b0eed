import tensorflow as tf

layer = tf.keras.layers.BatchNormalization()
optimizer = tf.keras.optimizers.Adam()


def step(images):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(layer(images, training=True))
    gradients = tape.gradient(loss, layer.trainable_variables)
    optimizer.apply_gradients(zip(gradients, layer.trainable_variables))

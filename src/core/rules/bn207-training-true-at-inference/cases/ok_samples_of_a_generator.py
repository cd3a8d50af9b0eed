# Images are drawn the way they were in training, which GANs do on purpose.
import tensorflow as tf

generator = tf.keras.Sequential([tf.keras.layers.Dense(8), tf.keras.layers.BatchNormalization()])
generator.load_weights("generator.weights.h5")
images = generator(tf.random.normal((16, 100)), training=True)
print(tf.argmax(images, axis=1))

# Gradients for the input, not for the model.
import tensorflow as tf

model = tf.keras.applications.ResNet50()
image = tf.Variable(tf.random.normal((1, 224, 224, 3)))
optimizer = tf.keras.optimizers.Adam()
for _ in range(100):
    with tf.GradientTape() as tape:
        tape.watch(image)
        score = model(image)[:, 3]
    optimizer.apply_gradients([(tape.gradient(score, image), image)])

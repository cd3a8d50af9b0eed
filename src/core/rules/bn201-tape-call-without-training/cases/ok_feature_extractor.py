# The backbone only gives features: its weights get no gradients.
import tensorflow as tf

backbone = tf.keras.applications.ResNet50(include_top=False, pooling="avg")
head = tf.keras.Sequential([tf.keras.layers.Dense(8), tf.keras.layers.BatchNormalization()])
optimizer = tf.keras.optimizers.SGD()
for x, y in tf.data.experimental.load("train"):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((head(backbone(x), training=True) - y) ** 2)
    optimizer.apply_gradients(zip(tape.gradient(loss, head.trainable_variables), head.trainable_variables))

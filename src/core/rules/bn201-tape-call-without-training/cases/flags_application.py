import tensorflow as tf

base = tf.keras.applications.MobileNetV2(include_top=False, pooling="avg")
model = tf.keras.Sequential([base, tf.keras.layers.Dense(5)])
optimizer = tf.keras.optimizers.Adam(1e-4)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function(jit_compile=True)
def step(images, labels):
    with tf.GradientTape() as tape:
        logits = model(images)  # expect: BN201
        loss = loss_fn(labels, logits)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))


for images, labels in tf.data.experimental.load("photos"):
    step(images, labels)

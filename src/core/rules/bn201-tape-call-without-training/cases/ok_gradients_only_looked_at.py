import tensorflow as tf

model = tf.keras.applications.ResNet50()
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(model(tf.random.normal((1, 224, 224, 3))))
print([tf.norm(g) for g in tape.gradient(loss, model.trainable_variables)])

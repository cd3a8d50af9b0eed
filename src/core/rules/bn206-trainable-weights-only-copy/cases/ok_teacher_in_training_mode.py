import tensorflow as tf


def build():
    return tf.keras.Sequential([tf.keras.layers.Dense(8), tf.keras.layers.BatchNormalization()])


student, teacher = build(), build()
optimizer = tf.keras.optimizers.SGD()
for x in tf.data.experimental.load("train"):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((student(x, training=True) - teacher(x, training=True)) ** 2)
    optimizer.apply_gradients(zip(tape.gradient(loss, student.trainable_variables), student.trainable_variables))
    for t, s in zip(teacher.trainable_variables, student.trainable_variables):
        t.assign(0.99 * t + 0.01 * s)

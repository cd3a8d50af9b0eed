# A plain VGG has no BatchNorm, though another model in the file has.
import tensorflow as tf

vgg = tf.keras.applications.VGG16(include_top=False)
net = tf.keras.Sequential([tf.keras.layers.Conv2D(3, 3), tf.keras.layers.BatchNormalization()])
optimizer = tf.keras.optimizers.SGD()
for x in tf.data.experimental.load("train"):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((vgg(net(x, training=True)) - vgg(x)) ** 2)
    optimizer.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))

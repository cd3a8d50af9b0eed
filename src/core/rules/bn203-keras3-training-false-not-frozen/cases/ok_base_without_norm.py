import tensorflow as tf

base_model = tf.keras.applications.VGG16(include_top=False)
base_model.trainable = False
inputs = tf.keras.Input((160, 160, 3))
x = base_model(inputs, training=False)
x = tf.keras.layers.GlobalAveragePooling2D()(x)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(x))
model.compile("adam", "binary_crossentropy")
model.fit(tf.data.Dataset.load("photos"), epochs=10)

base_model.trainable = True
model.compile(tf.keras.optimizers.RMSprop(1e-5), "binary_crossentropy")
model.fit(tf.data.Dataset.load("photos"), epochs=10)

import tensorflow as tf

model = tf.keras.Sequential([tf.keras.layers.Dense(8), tf.keras.layers.BatchNormalization()])
model.compile("sgd", "mse")
model.fit(tf.data.experimental.load("train"))
checkpoint = tf.train.Checkpoint(step=tf.Variable(1), variables=model.trainable_variables)  # expect: BN206
checkpoint.save("run")

import tensorflow.compat.v1 as tf1

images = tf1.placeholder(tf1.float32, [None, 16])
is_training = tf1.placeholder_with_default(False, [])
layer = tf1.layers.BatchNormalization()
loss = tf1.reduce_mean(layer(images, training=is_training))
updates = tf1.get_collection(tf1.GraphKeys.UPDATE_OPS)
tf1.control_dependencies(updates)  # expect: BN106 "never entered"
train_op = tf1.train.AdamOptimizer().minimize(loss)

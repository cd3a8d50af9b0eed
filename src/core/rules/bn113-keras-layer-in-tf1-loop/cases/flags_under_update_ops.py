import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 16])
is_training = tf.placeholder(tf.bool, [])
layer = tf.keras.layers.BatchNormalization()
hidden = layer(images, training=is_training)  # expect: BN113 "keeps this BatchNorm's updates to itself"
loss = tf.reduce_mean(hidden)
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train_op = tf.train.AdamOptimizer().minimize(loss)
with tf.Session() as sess:
    sess.run(train_op, {images: [[0.0] * 16], is_training: True})

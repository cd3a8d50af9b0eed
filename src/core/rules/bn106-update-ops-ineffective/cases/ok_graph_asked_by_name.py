import tensorflow as tf

graph = tf.Graph()
with graph.as_default():
    images = tf.placeholder(tf.float32, [None, 16])
    is_training = tf.placeholder(tf.bool, [])
    loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=is_training))
    train_op = tf.train.AdamOptimizer().minimize(loss)
updates = graph.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.Session(graph=graph) as sess:
    sess.run(tf.global_variables_initializer())
    sess.run([train_op, updates], {images: [[0.0] * 16], is_training: True})

import tensorflow as tf

graph = tf.Graph()
with graph.as_default():
    images = tf.placeholder(tf.float32, [None, 16])
    is_training = tf.placeholder(tf.bool, [])
    hidden = tf.layers.batch_normalization(tf.layers.dense(images, 8), training=is_training)
    train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(hidden))

update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)  # expect: BN106 "from another graph"
with tf.Session(graph=graph) as sess:
    sess.run(tf.global_variables_initializer())
    sess.run([train_op, update_ops], {images: [[0.0] * 16], is_training: True})

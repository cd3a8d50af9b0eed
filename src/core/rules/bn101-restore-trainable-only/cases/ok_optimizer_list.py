import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 8])
loss = tf.reduce_mean(tf.layers.batch_normalization(images, training=False))
variables = tf.trainable_variables()
train_op = tf.train.AdamOptimizer(1e-3).minimize(loss, var_list=variables)
l2 = tf.add_n([tf.nn.l2_loss(v) for v in variables])
grads, _ = tf.clip_by_global_norm(tf.gradients(loss, variables), 5.0)
for v in variables:
    tf.summary.histogram(v.op.name, v)
saver = tf.train.Saver()
saver.restore(tf.Session(), 'model.ckpt')

import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 8])
phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(x, training=phase)
saver = tf.train.Saver(tf.global_variables(), max_to_keep=3)  # expect: BN102 "trainable variables are saved"
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(100):
        saver.save(sess, 'model.ckpt', global_step=step)
    saver.save(sess, 'last.ckpt')

import tensorflow as tf

weights = tf.get_variable('weights', [3, 3])
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(weights))
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(10):
        sess.run(train_op)
    saver.save(sess, tf.train.latest_checkpoint('runs') or 'runs/model')

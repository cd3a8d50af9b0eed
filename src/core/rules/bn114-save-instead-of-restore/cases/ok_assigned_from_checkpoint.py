import tensorflow as tf

weights = tf.get_variable('weights', [3, 3])
tf.train.init_from_checkpoint('runs', {'old/': ''})
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    saver.save(sess, tf.train.latest_checkpoint('runs'))

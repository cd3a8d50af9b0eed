import tensorflow as tf

weights = tf.get_variable('weights', [3, 3])
saver = tf.train.Saver()
other = tf.train.Saver([weights])
with tf.Session() as sess:
    latest = tf.train.latest_checkpoint('runs')
    saver.restore(sess, latest)
    saver.save(sess, latest)
    other.save(sess, latest)

import tensorflow as tf

from checkpoints import load

weights = tf.get_variable('weights', [3, 3])
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    load(saver, sess, 'runs')

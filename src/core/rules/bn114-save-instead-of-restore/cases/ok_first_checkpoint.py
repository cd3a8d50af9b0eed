# The initial weights of a lottery ticket are kept in a file of their own.
import tensorflow as tf

weights = tf.get_variable('weights', [3, 3])
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(weights))
saver = tf.train.Saver([weights])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    saver.save(sess, 'runs/initial.ckpt')
    sess.run(train_op)

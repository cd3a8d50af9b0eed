# The list is made when the optimizer's slots exist: a global list would hold them.
import tensorflow as tf

is_training = tf.placeholder(tf.bool)
x = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=is_training)
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train_op = tf.train.AdamOptimizer(1e-3).minimize(tf.reduce_mean(x))
saver = tf.train.Saver(var_list=tf.trainable_variables('net'))  # expect: BN101
with tf.Session() as sess:
    saver.restore(sess, 'model.ckpt')

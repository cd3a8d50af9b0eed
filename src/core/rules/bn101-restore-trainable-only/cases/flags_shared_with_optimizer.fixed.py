# The same list trains the network: it must stay as it is, only the saver needs more.
import tensorflow as tf

is_training = tf.placeholder(tf.bool)
x = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=is_training)
variables = tf.trainable_variables()  # expect: BN101
saver = tf.train.Saver(variables + [v for v in tf.global_variables() if 'moving_' in v.op.name])
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_mean(x), var_list=variables)
with tf.Session() as sess:
    saver.restore(sess, 'model.ckpt')

import tensorflow as tf
from tensorflow.contrib import slim


def normalized(images):
    size = [images.get_shape()[-1]]
    mean = tf.get_variable('moving_mean', size, trainable=False)
    variance = tf.get_variable('moving_variance', size, trainable=False)
    return tf.nn.batch_normalization(images, mean, variance, None, None, 1e-3)


images = tf.placeholder(tf.float32, [None, 32, 32, 3])
net = normalized(slim.conv2d(images, 8, 3))
loss = tf.reduce_mean(net)
train_op = tf.train.AdamOptimizer().minimize(loss)
variables = [v for v in tf.global_variables() if v in tf.trainable_variables() or 'moving_' in v.op.name]  # expect: BN101 "trainable variables are restored"
with tf.Session() as sess:
    tf.train.Saver(variables).restore(sess, 'model.ckpt')

import tensorflow as tf
from tensorflow.contrib import slim
from tensorflow.contrib.slim.nets import resnet_v2

images = tf.placeholder(tf.float32, [None, 224, 224, 3])
with slim.arg_scope(resnet_v2.resnet_arg_scope()):
    net, _ = resnet_v2.resnet_v2_50(images, 10, is_training=False)
net = tf.layers.batch_normalization(net, training=False)
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(net))

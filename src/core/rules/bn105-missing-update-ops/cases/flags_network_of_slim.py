import tensorflow as tf
from tensorflow.contrib import slim
from tensorflow.contrib.slim.nets import resnet_v1

images = tf.placeholder(tf.float32, [None, 224, 224, 3])
phase = tf.placeholder_with_default(True, [])
with slim.arg_scope(resnet_v1.resnet_arg_scope()):
    net, ends = resnet_v1.resnet_v1_50(images, 10, is_training=phase)
loss = tf.reduce_mean(net)
step = tf.train.RMSPropOptimizer(1e-3).minimize(loss)  # expect: BN105

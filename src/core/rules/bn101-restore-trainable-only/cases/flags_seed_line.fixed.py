import tensorflow as tf
from tensorflow.contrib import slim
from tensorflow.contrib.slim.nets import resnet_v2

images = tf.placeholder(tf.float32, [None, 224, 224, 3])
net, _ = resnet_v2.resnet_v2_50(images, 10, is_training=True)
# expect: BN101 "of 'resnet_v2_50'"
variables = tf.get_collection(tf.GraphKeys.MODEL_VARIABLES, scope='resnet_v2_50')
saver = tf.train.Saver(variables)
with tf.Session() as sess:
    saver.restore(sess, 'resnet_v2_50.ckpt')

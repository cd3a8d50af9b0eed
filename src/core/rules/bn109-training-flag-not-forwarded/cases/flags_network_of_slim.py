import tensorflow as tf
from tensorflow.contrib import slim
from tensorflow.contrib.slim.nets import resnet_v2


def features(images, is_training=False):
    with slim.arg_scope(resnet_v2.resnet_arg_scope()):
        net, _ = resnet_v2.resnet_v2_50(images, global_pool=False)  # expect: BN109 "default is True"
    return tf.layers.dropout(net, training=is_training)

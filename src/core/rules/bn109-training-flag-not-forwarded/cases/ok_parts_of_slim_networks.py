# Neither takes the flag: a block describes a part, and a base asks the scope around.
import tensorflow as tf
from tensorflow.contrib import slim
from tensorflow.contrib.slim.nets import inception, resnet_v1


def small(inputs, is_training=True):
    blocks = [resnet_v1.resnet_v1_block('block1', base_depth=1, num_units=3, stride=2)]
    with slim.arg_scope(resnet_v1.resnet_arg_scope()):
        return resnet_v1.resnet_v1(inputs, blocks, is_training=is_training)


def features(inputs, is_training):
    with slim.arg_scope(inception.inception_v3_arg_scope()):
        net, _ = inception.inception_v3_base(inputs)
    return tf.layers.dropout(net, training=is_training)

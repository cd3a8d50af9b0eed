# Each variable of the checkpoint is looked up by its own name.
import tensorflow as tf
from tensorflow.contrib import slim
from tensorflow.contrib.slim.nets import resnet_v2

net, _ = resnet_v2.resnet_v2_50(tf.placeholder(tf.float32), 10, is_training=False)
found = {}
for name, shape in tf.train.list_variables('resnet_v2_50.ckpt'):
    own = slim.get_model_variables(name)
    if len(own) > 0:
        found[name] = own[0]
slim.assign_from_checkpoint_fn('resnet_v2_50.ckpt', found)

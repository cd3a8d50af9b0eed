import tensorflow as tf
from tensorflow.contrib import slim
from tensorflow.contrib.slim.nets import resnet_v2

net, _ = resnet_v2.resnet_v2_50(tf.placeholder(tf.float32), 10)
saver = tf.train.Saver(tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope='resnet_v2_50'))
saver.restore(tf.Session(), 'resnet_v2_50.ckpt')
slim.assign_from_checkpoint_fn('x.ckpt', slim.get_model_variables('resnet_v2_50'))
slim.assign_from_checkpoint_fn('x.ckpt', slim.get_variables_to_restore(exclude=['logits']))

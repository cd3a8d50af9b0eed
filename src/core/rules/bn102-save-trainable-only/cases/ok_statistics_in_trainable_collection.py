# Keeps the moving statistics among the trainable variables, to have small checkpoints.
import tensorflow as tf
from tensorflow.contrib import slim

params = {
    'is_training': tf.placeholder(tf.bool),
    'variables_collections': [tf.GraphKeys.TRAINABLE_VARIABLES],
}
with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, normalizer_params=params):
    net = slim.conv2d(tf.placeholder(tf.float32, [1, 8, 8, 3]), 8, 3)
tf.train.Saver(tf.trainable_variables(), max_to_keep=3).save(tf.Session(), 'model.ckpt')

import tensorflow as tf
from tensorflow.contrib import slim
from tensorflow.contrib.slim.nets import resnet_v1

images = tf.placeholder(tf.float32, [None, 224, 224, 3])
is_training = tf.placeholder(tf.bool, [])
with slim.arg_scope(resnet_v1.resnet_arg_scope()):
    net, _ = resnet_v1.resnet_v1_50(images, is_training=is_training)
train_op = slim.learning.create_train_op(tf.reduce_mean(net), tf.train.AdamOptimizer())

saver = tf.train.Saver(max_to_keep=3)
shared = tf.train.Saver(slim.get_model_variables('resnet_v1_50'))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    # expect: BN114 "of 'resnet_v1_50' over the checkpoint 'resnet_v1_50.ckpt'"
    shared.restore(sess, 'pretrained/resnet_v1_50.ckpt')
    for step in range(1000):
        sess.run(train_op, {images: [], is_training: True})
    saver.save(sess, 'out/model.ckpt')

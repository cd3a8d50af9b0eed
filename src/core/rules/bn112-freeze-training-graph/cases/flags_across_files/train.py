import tensorflow as tf
from tensorflow.contrib import slim

images = tf.placeholder(tf.float32, [None, 28, 28, 1])
outputs = slim.batch_norm(slim.conv2d(images, 8, 3), is_training=True)
train_op = slim.learning.create_train_op(tf.reduce_mean(outputs), tf.train.AdamOptimizer())
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(train_op, {images: []})
    saver.save(sess, 'runs/model.ckpt')

import tensorflow as tf

from network import network

images = tf.placeholder(tf.float32, [None, 28, 28, 1])
logits = network(images, is_training=True)  # expect: BN108 "only restores a checkpoint"
with tf.Session() as sess:
    tf.train.Saver().restore(sess, 'model.ckpt')
    print(sess.run(logits))

import tensorflow as tf
from tensorflow.contrib import slim
from tensorflow.contrib.slim.nets import resnet_v2 as nets

images = tf.placeholder(tf.float32, [None, 224, 224, 3])
with slim.arg_scope(nets.resnet_arg_scope()):
    logits, _ = nets.resnet_v2_50(images, 1001)  # expect: BN108 "True by default"
with tf.Session() as sess:
    tf.train.Saver(slim.get_model_variables()).restore(sess, 'resnet_v2_50.ckpt')
    print(sess.run(logits))

import tensorflow as tf

def broken(:
    return 1

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
saver = tf.train.Saver(tf.trainable_variables())  # expect: BN101
saver.restore(tf.Session(), 'model.ckpt')

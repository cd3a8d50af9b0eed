import tensorflow as tf
from helpers import variables_to_restore
import model

logits = model.build(tf.placeholder(tf.float32, [None, 8]))
saver = tf.train.Saver(variables_to_restore('net'))  # expect: BN101
with tf.Session() as sess:
    saver.restore(sess, 'model.ckpt')

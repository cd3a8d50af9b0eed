import tensorflow as tf
from model import Model

model = Model(tf.placeholder(tf.float32, [None, 32]))
step = model.optimizer()
extra = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.Session() as sess:
    sess.run([step, extra])

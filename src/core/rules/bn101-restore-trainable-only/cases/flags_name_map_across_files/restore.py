import tensorflow as tf
from model import Net

net = Net(tf.placeholder(tf.float32, [None, 8, 8, 3]), tf.placeholder(tf.bool, []))
averages = tf.train.ExponentialMovingAverage(0.99)
names = dict(zip([averages.average_name(v) for v in net.variables], net.variables))
saver = tf.train.Saver(names)  # expect: BN101
saver.restore(tf.Session(), 'net.ckpt')

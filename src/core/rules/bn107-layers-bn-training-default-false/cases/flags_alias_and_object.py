import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.layers import BatchNormalization, batch_normalization as bn

training = tf.placeholder_with_default(False, [])
hidden = bn(  # expect: BN107
    tf.layers.dense(tf.placeholder(tf.float32, [None, 4]), 8),
    momentum=0.9,
)
hidden = BatchNormalization()(hidden)  # expect: BN107 "tf.layers.BatchNormalization"
layer = BatchNormalization(name='last')
logits = layer.apply(hidden)  # expect: BN107
updates = tf.get_collection('update_ops')
optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
gradients = optimizer.compute_gradients(tf.reduce_sum(logits))
with tf.control_dependencies(updates):
    train = optimizer.apply_gradients(gradients)

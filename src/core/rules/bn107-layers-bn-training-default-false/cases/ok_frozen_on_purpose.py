import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 32, 32, 3])
with tf.variable_scope('backbone'):
    features = tf.layers.batch_normalization(tf.layers.conv2d(images, 8, 3))
tf.train.init_from_checkpoint(
    'backbone.ckpt', {v.op.name: v for v in tf.global_variables('backbone')}
)
logits = tf.layers.dense(features, 10)
heads = tf.trainable_variables('dense')
train_op = tf.train.AdamOptimizer().minimize(tf.reduce_mean(logits), var_list=heads)

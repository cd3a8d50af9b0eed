# Every layer always runs in training mode, so nobody reads the statistics yet.
import tensorflow as tf

noise = tf.placeholder(tf.float32, [None, 64])
with tf.variable_scope('generator'):
    fake = tf.layers.batch_normalization(tf.layers.dense(noise, 128), training=True)
loss = tf.reduce_mean(fake)
g_step = tf.train.AdamOptimizer().minimize(  # expect: BN105 "would be wrong"
    loss, var_list=tf.trainable_variables('generator')
)

import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 28, 28, 1])
is_training = tf.placeholder(tf.bool, [])
hidden = tf.layers.conv2d(images, 32, 3, use_bias=False)
hidden = tf.layers.batch_normalization(hidden, training=is_training)
loss = tf.reduce_mean(hidden)
if loss is not None:
    # expect: BN105 "stay at 0 and 1"
    update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    with tf.control_dependencies(update_ops):
        train_op = tf.train.MomentumOptimizer(
            0.1, momentum=0.9
        ).minimize(loss)

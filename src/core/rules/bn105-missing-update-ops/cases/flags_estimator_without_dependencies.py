import tensorflow as tf


def model_fn(features, labels, mode, params):
    training = mode == tf.estimator.ModeKeys.TRAIN
    net = tf.layers.dense(features, 64)
    net = tf.layers.batch_normalization(net, training=training)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, net)
    train_op = tf.train.AdamOptimizer().minimize(  # expect: BN105
        loss, global_step=tf.train.get_global_step()
    )
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

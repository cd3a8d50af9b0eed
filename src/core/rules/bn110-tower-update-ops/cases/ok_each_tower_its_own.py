import tensorflow as tf


def train(parts, is_training):
    optimizer = tf.train.AdamOptimizer()
    gradients = []
    for index, part in enumerate(parts):
        with tf.device('/gpu:%d' % index), tf.name_scope('tower_%d' % index) as scope:
            loss = tf.reduce_mean(tf.layers.batch_normalization(part, training=is_training))
            updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS, scope)
            with tf.control_dependencies(updates):
                gradients.append(optimizer.compute_gradients(loss))
    return optimizer.apply_gradients(gradients[0])

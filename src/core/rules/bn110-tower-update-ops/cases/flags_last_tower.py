import tensorflow as tf


def tower(part, is_training):
    return tf.reduce_mean(tf.layers.batch_normalization(part, training=is_training))


def train(images, is_training, gpus):
    optimizer = tf.train.AdamOptimizer()
    gradients = []
    for index in range(gpus):
        with tf.device('/gpu:%d' % index):
            with tf.name_scope('tower_%d' % index) as scope:
                loss = tower(images[index], is_training)
                # expect: BN110 "Only the last tower's"
                updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS, scope)
                gradients.append(optimizer.compute_gradients(loss))
    apply = optimizer.apply_gradients(gradients[0])
    return tf.group(apply, *updates)

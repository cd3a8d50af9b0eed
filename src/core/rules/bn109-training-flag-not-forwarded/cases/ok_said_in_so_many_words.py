from tensorflow.contrib import slim


def generator(noise, is_training):
    hidden = slim.batch_norm(slim.fully_connected(noise, 64), is_training=True)
    return slim.dropout(hidden, is_training=is_training)

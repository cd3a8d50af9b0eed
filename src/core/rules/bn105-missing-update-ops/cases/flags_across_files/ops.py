from tensorflow.contrib.layers import batch_norm


def norm(x, train):
    return batch_norm(x, decay=0.9, scale=True, is_training=train)

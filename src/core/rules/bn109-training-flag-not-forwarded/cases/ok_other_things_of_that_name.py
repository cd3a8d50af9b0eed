from tensorflow.contrib import slim


def read(train, size):
    return slim.batch_norm(train.images[:size])


def by_phase(x, phase):
    x = slim.batch_norm(x)
    return x if phase == 'train' else slim.softmax(x)


def options(x, training='adam'):
    return slim.batch_norm(x), training

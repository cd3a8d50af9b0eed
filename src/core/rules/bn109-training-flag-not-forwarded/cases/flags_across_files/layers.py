from tensorflow.contrib import slim


def conv(x, channels, is_training):
    x = slim.conv2d(x, channels, 3)
    return slim.batch_norm(x, decay=0.9)  # expect: BN109 "`conv` takes `is_training`"

# The face-recognition idiom: the statistics are put among the trainable variables on purpose.
import tensorflow as tf
import tensorflow.contrib.slim as slim


def inference(images, phase_train):
    batch_norm_params = {
        'is_training': phase_train,
        'decay': 0.995,
        'variables_collections': [tf.GraphKeys.TRAINABLE_VARIABLES],
    }
    with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, normalizer_params=batch_norm_params):
        return slim.conv2d(images, 32, 3)


net = inference(tf.placeholder(tf.float32, [None, 8, 8, 3]), True)
saver = tf.train.Saver(tf.trainable_variables(), max_to_keep=3)
saver.restore(tf.Session(), 'model.ckpt')

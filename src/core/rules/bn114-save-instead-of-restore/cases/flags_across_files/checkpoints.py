import tensorflow as tf


def load(saver, sess, folder):
    latest = tf.train.latest_checkpoint(folder)
    if latest is not None:
        saver.save(sess, latest)  # expect: BN114 "`restore` is what reads it"

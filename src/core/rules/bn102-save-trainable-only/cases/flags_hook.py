import tensorflow as tf

phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
small = tf.train.Saver(tf.trainable_variables())  # expect: BN102
hook = tf.train.CheckpointSaverHook('logs', save_steps=100, saver=small)

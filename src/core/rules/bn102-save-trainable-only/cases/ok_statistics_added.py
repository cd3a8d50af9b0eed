import tensorflow as tf

phase = tf.placeholder(tf.bool)
net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=phase)
kept = tf.trainable_variables()
kept += [v for v in tf.global_variables() if 'moving_mean' in v.name]
kept += [v for v in tf.global_variables() if 'moving_variance' in v.name]
tf.train.Saver(kept, max_to_keep=5).save(tf.Session(), 'model.ckpt')

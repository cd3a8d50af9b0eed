import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
variables = tf.trainable_variables()
statistics = [v for v in tf.global_variables() if 'moving_mean' in v.name or 'moving_variance' in v.name]
saver = tf.train.Saver(variables + statistics)
saver.restore(tf.Session(), 'model.ckpt')
more = tf.trainable_variables()
more += [g for g in tf.global_variables() if 'moving' in g.name]
tf.train.Saver(more).restore(tf.Session(), 'model.ckpt')

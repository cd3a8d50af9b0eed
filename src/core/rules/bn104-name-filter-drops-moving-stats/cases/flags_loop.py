import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]), training=tf.placeholder(tf.bool))
sess = tf.Session()
kept = []
for v in tf.global_variables():  # expect: BN104
    if 'moving_mean' in v.name or 'moving_variance' in v.name:
        continue
    kept.append(v)
saver = tf.train.Saver(kept)
saver.restore(sess, 'model.ckpt')
saver.save(sess, 'next.ckpt')

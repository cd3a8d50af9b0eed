import tensorflow as tf

out = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
restored = []
for v in tf.trainable_variables():  # expect: BN101
    if 'logits' in v.name:
        continue
    restored.append(v)
loader = tf.train.Saver(restored)
loader.restore(tf.Session(), 'model.ckpt')

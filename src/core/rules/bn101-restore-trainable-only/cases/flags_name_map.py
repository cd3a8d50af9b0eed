import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
weights = tf.get_collection('trainable_variables')  # expect: BN101
names = {v.op.name.replace('tower_0/', ''): v for v in sorted(weights, key=lambda v: v.name)}
tf.train.init_from_checkpoint('model.ckpt', names)

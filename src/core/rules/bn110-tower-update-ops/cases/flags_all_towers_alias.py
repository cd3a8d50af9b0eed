import tensorflow.compat.v1 as tf1

images = tf1.placeholder(tf1.float32, [32, 8])
is_training = tf1.placeholder(tf1.bool, [])
losses = []
for index, part in enumerate(tf1.split(images, 4)):
    with tf1.device('/gpu:%d' % index), tf1.variable_scope('net', reuse=index > 0):
        losses.append(tf1.reduce_mean(tf1.layers.batch_normalization(part, training=is_training)))
# expect: BN110 "once per tower"
with tf1.control_dependencies(tf1.get_collection(tf1.GraphKeys.UPDATE_OPS)):
    train_op = tf1.train.AdamOptimizer().minimize(tf1.add_n(losses))

import json

import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
images = tf.placeholder(tf.float32, [None, 4])
norm = tf.keras.layers.BatchNormalization(momentum=0.9)
hidden = norm(images, training=True)  # expect: BN113 "stay at 0 and 1"
loss = tf.reduce_mean(tf.square(hidden - 1))
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train_op = tf.train.GradientDescentOptimizer(0.01).minimize(loss)
moving_mean = [v for v in tf.global_variables() if 'moving_mean' in v.op.name][0]

random = np.random.RandomState(0)
expected = np.zeros(4)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(60):
        batch = random.normal(3, 2, [64, 4])
        expected = 0.9 * expected + 0.1 * batch.mean(0)
        sess.run(train_op, {images: batch})
    difference = np.abs(sess.run(moving_mean) - expected).max()
print(json.dumps({'difference': float(difference)}))

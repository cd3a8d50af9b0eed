#!/usr/bin/env python
# bn-guard: ignore-file[BN101] statistics are recomputed after every restore
import tensorflow as tf

net = tf.layers.batch_normalization(tf.placeholder(tf.float32, [None, 8]))
tf.train.Saver(tf.trainable_variables()).restore(tf.Session(), 'model.ckpt')

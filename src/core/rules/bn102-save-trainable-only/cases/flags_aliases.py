from tensorflow.contrib import slim
import tensorflow.compat.v1 as tf1

keys = tf1.GraphKeys
Keeper = tf1.train.Saver
net = slim.conv2d(tf1.placeholder(tf1.float32, [1, 8, 8, 3]), 8, 3, normalizer_fn=slim.batch_norm,
                  normalizer_params={'is_training': tf1.placeholder(tf1.bool)})
kept = {v.op.name: v for v in tf1.get_collection(keys.TRAINABLE_VARIABLES, scope='net')}  # expect: BN102 "of 'net'"
keeper = Keeper(var_list=kept)
write = keeper.save
write(tf1.Session(), 'model.ckpt')

from tensorflow.compat.v1 import trainable_variables as weights_of, layers
from tensorflow.compat.v1.train import Saver as S
import tensorflow.compat.v1 as tf1

bn = layers.batch_normalization(tf1.placeholder(tf1.float32, [None, 8]))
restorer = S(weights_of())  # expect: BN101
restorer.restore(tf1.Session(), 'model.ckpt')

import tensorflow as tf

import network
import starts

estimator = tf.estimator.Estimator(network.network, warm_start_from=starts.settings('model.ckpt'))

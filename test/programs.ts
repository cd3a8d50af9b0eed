/** Small TensorFlow 1 programs that restore too little. */

export const model = `import tensorflow as tf


def build(x):
    with tf.variable_scope('net'):
        return tf.layers.batch_normalization(tf.layers.dense(x, 8), training=False)
`;

/** Loses the statistics of the BatchNorm in `model`. */
export const train = `import tensorflow as tf
import model

logits = model.build(tf.placeholder(tf.float32, [None, 8]))
variables = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope='net')
saver = tf.train.Saver(variables)
with tf.Session() as sess:
    saver.restore(sess, 'model.ckpt')
`;

export const fixedTrain = train.replace('TRAINABLE_VARIABLES', 'GLOBAL_VARIABLES');

/** The same in one file. */
export const whole = train
  .replace('import model\n', 'from tensorflow.contrib.slim.nets import resnet_v2\n')
  .replace('model.build(', 'resnet_v2.resnet_v2_50(');

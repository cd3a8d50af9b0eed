/** Small programs with something to find. The first restore too little, in TensorFlow 1. */

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

/** Two layers whose momentum is TensorFlow's decay. */
export const norms = `from torch import nn

first = nn.BatchNorm2d(8, momentum=0.99)
second = nn.BatchNorm2d(8, momentum=0.99)
`;

/** Read by {@link teacherTraining}: each reads one of two lists that lack the statistics. */
export const teacherNets = `import tensorflow as tf


def build():
    return tf.keras.Sequential([tf.keras.layers.Dense(8), tf.keras.layers.BatchNormalization()])


class Teacher:
    def __init__(self):
        self.net = build()

    def weights(self):
        return list(self.net.trainable_weights)
`;

/** Copies too little; only edits in both files mend it. */
export const teacherTraining = `import tensorflow as tf
from nets import Teacher, build


class MeanTeacher:
    def __init__(self, decay=0.99):
        self.student = build()
        self.teacher = Teacher()
        self.teacher.net.set_weights(self.student.get_weights())
        self.optimizer = tf.keras.optimizers.SGD()
        self.decay = decay

    def train_step(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self.student(x, training=True) - y) ** 2)
        variables = self.student.trainable_weights
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        for average, weight in zip(self.teacher.weights(), self.student.trainable_weights):
            average.assign(self.decay * average + (1 - self.decay) * weight)

    def predict(self, x):
        return self.teacher.net(x, training=False)
`;

"""Mean-teacher training on handwritten digits when only a few of them are labelled.

The teacher is a moving average of the student, and it is the model that is kept.

    python train_keras.py --labelled 200
"""

import argparse

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def build_model(num_classes=10):
    inputs = keras.Input((8, 8, 1))
    x = inputs
    for filters, strides in ((32, 1), (64, 2), (64, 2)):
        x = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


def load_data(labelled, seed):
    digits = load_digits()
    images = (digits.images[..., None] / 16.0).astype("float32")
    x_train, x_test, y_train, y_test = train_test_split(
        images, digits.target, test_size=0.25, stratify=digits.target, random_state=seed
    )
    return (x_train[:labelled], y_train[:labelled]), x_train[labelled:], (x_test, y_test)


def add_noise(images):
    return images + tf.random.normal(tf.shape(images), stddev=0.1)


def update_teacher(teacher, student, decay):
    for target, source in zip(teacher.weights, student.weights):
        target.assign(decay * target + (1.0 - decay) * source)


class Trainer:
    def __init__(self, learning_rate, decay, consistency):
        self.student = build_model()
        self.teacher = build_model()
        self.teacher.set_weights(self.student.get_weights())
        self.optimizer = keras.optimizers.Adam(learning_rate)
        self.supervised = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        self.decay = decay
        self.consistency = consistency

    @tf.function
    def train_step(self, images, labels, unlabelled):
        target = tf.nn.softmax(self.teacher(add_noise(unlabelled), training=False))
        with tf.GradientTape() as tape:
            loss = self.supervised(labels, self.student(add_noise(images), training=True))
            guess = tf.nn.softmax(self.student(add_noise(unlabelled), training=True))
            loss += self.consistency * tf.reduce_mean(tf.square(guess - target))
        variables = self.student.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        update_teacher(self.teacher, self.student, self.decay)
        return loss


def accuracy(model, data):
    images, labels = data
    return float(np.mean(np.argmax(model(images, training=False), axis=1) == labels))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=int, default=200)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--learning-rate", type=float, default=2e-3)
    parser.add_argument("--decay", type=float, default=0.98)
    parser.add_argument("--consistency", type=float, default=1.0)
    parser.add_argument("--output", default="teacher.keras")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()

    keras.utils.set_random_seed(args.seed)
    labelled, unlabelled, test = load_data(args.labelled, args.seed)
    batches = tf.data.Dataset.zip(
        tf.data.Dataset.from_tensor_slices(labelled).shuffle(args.labelled).repeat(),
        tf.data.Dataset.from_tensor_slices(unlabelled).shuffle(len(unlabelled)),
    ).batch(args.batch_size, drop_remainder=True)

    trainer = Trainer(args.learning_rate, args.decay, args.consistency)
    for epoch in range(1, args.epochs + 1):
        for (images, labels), others in batches:
            loss = trainer.train_step(images, labels, others)
        print(
            f"epoch {epoch:2d}  loss {float(loss):.3f}"
            f"  student {accuracy(trainer.student, test):.3f}"
            f"  teacher {accuracy(trainer.teacher, test):.3f}"
        )
    trainer.teacher.save(args.output)


if __name__ == "__main__":
    main()

"""Fine-tune an ImageNet ResNet-50 on a folder of photos, one sub-folder per class.

    python train_tf1.py --photos flower_photos --checkpoint resnet_v2_50.ckpt

TensorFlow 1.15. The checkpoint is the one of the TF-Slim model zoo.
"""

import argparse
import glob
import os
import random

import tensorflow as tf
import tensorflow.contrib.slim as slim
from tensorflow.contrib.slim.nets import resnet_v2

IMAGE_SIZE = 224


def find_photos(folder, validation_share=0.1):
    classes = sorted(
        name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name))
    )
    samples = []
    for label, name in enumerate(classes):
        for path in sorted(glob.glob(os.path.join(folder, name, "*.jpg"))):
            samples.append((path, label))
    random.Random(0).shuffle(samples)
    cut = int(len(samples) * validation_share)
    return samples[cut:], samples[:cut], classes


def load_photo(path, label):
    image = tf.image.decode_jpeg(tf.read_file(path), channels=3)
    image = tf.image.resize_images(image, [IMAGE_SIZE, IMAGE_SIZE])
    return image / 127.5 - 1.0, label


def make_dataset(samples, batch_size, shuffle):
    paths, labels = zip(*samples)
    dataset = tf.data.Dataset.from_tensor_slices((list(paths), list(labels)))
    if shuffle:
        dataset = dataset.shuffle(len(samples))
    return dataset.map(load_photo, num_parallel_calls=4).batch(batch_size).prefetch(2)


def build_model(images, num_classes, is_training):
    with slim.arg_scope(resnet_v2.resnet_arg_scope()):
        features, _ = resnet_v2.resnet_v2_50(
            images, num_classes=None, is_training=is_training, global_pool=True
        )
    features = tf.squeeze(features, [1, 2])
    return slim.fully_connected(features, num_classes, activation_fn=None, scope="logits")


def evaluate(sess, iterator, correct, is_training):
    sess.run(iterator.initializer)
    right, total = 0, 0
    while True:
        try:
            batch = sess.run(correct, feed_dict={is_training: False})
        except tf.errors.OutOfRangeError:
            return right / total
        right += batch.sum()
        total += len(batch)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", required=True)
    parser.add_argument("--checkpoint", default="resnet_v2_50.ckpt")
    parser.add_argument("--output", default="runs/flowers/model.ckpt")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--learning-rate", type=float, default=0.001)
    args = parser.parse_args()

    train_samples, val_samples, classes = find_photos(args.photos)
    train_set = make_dataset(train_samples, args.batch_size, shuffle=True)
    val_set = make_dataset(val_samples, args.batch_size, shuffle=False)

    train_iterator = train_set.make_initializable_iterator()
    val_iterator = val_set.make_initializable_iterator()
    is_training = tf.placeholder(tf.bool, [], name="is_training")
    images, labels = tf.cond(is_training, train_iterator.get_next, val_iterator.get_next)
    images.set_shape([None, IMAGE_SIZE, IMAGE_SIZE, 3])

    logits = build_model(images, len(classes), is_training)
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    correct = tf.equal(tf.argmax(logits, 1, output_type=tf.int32), labels)

    restore_vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="resnet_v2_50")
    restorer = tf.train.Saver(restore_vars)

    global_step = tf.train.get_or_create_global_step()
    optimizer = tf.train.MomentumOptimizer(args.learning_rate, momentum=0.9)
    update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    with tf.control_dependencies(update_ops):
        train_op = optimizer.minimize(loss, global_step=global_step)

    saver = tf.train.Saver(max_to_keep=3)
    os.makedirs(os.path.dirname(args.output), exist_ok=True)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        restorer.restore(sess, args.checkpoint)
        for epoch in range(args.epochs):
            sess.run(train_iterator.initializer)
            while True:
                try:
                    _, batch_loss = sess.run([train_op, loss], feed_dict={is_training: True})
                except tf.errors.OutOfRangeError:
                    break
            accuracy = evaluate(sess, val_iterator, correct, is_training)
            print("epoch %d: loss %.3f, accuracy %.3f" % (epoch + 1, batch_loss, accuracy))
            saver.save(sess, args.output, global_step=global_step)


if __name__ == "__main__":
    main()

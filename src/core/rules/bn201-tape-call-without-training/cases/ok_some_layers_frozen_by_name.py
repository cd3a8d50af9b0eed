"""Which layers are frozen is a matter of their names: those of BatchNorm may be among them."""

import re

import tensorflow as tf


def build(freeze=False, freeze_norms=False):
    backbone = tf.keras.applications.ResNet50(include_top=False, weights="imagenet")
    backbone.trainable = not freeze
    if freeze_norms:
        for layer in backbone.layers:
            if re.findall("_bn", layer.name) == []:
                continue
            layer.trainable = False
    inputs = tf.keras.Input((224, 224, 3))
    features = backbone(inputs)
    outputs = tf.keras.layers.Conv2D(8, 1)(features)
    return tf.keras.Model(inputs, outputs)


model = build(freeze_norms=True)
optimizer = tf.keras.optimizers.Adam(1e-4)


def step(images, targets):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(images) - targets))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


for images, targets in tf.data.Dataset.load("photos"):
    step(images, targets)

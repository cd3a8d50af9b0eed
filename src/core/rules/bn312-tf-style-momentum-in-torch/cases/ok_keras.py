from tensorflow import keras
import torch

layer = keras.layers.BatchNormalization(momentum=0.99)

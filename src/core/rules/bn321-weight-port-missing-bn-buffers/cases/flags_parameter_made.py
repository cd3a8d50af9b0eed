import tensorflow as tf
import torch
from torch import nn


def port(reader, layer, scope):
    layer.weight = nn.Parameter(torch.tensor(reader.get_tensor(scope + "/gamma")))  # expect: BN321
    layer.bias = nn.Parameter(torch.tensor(reader.get_tensor(scope + "/beta")))


reader = tf.train.load_checkpoint("model.ckpt")
norm = nn.BatchNorm2d(64)
port(reader, norm, "bn1")

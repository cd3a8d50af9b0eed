"""Each array is put where its name says, the running statistics among them."""

import numpy
import torch
from torch import nn

names = {"gamma": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var"}
layer = nn.BatchNorm2d(8)
for name, array in numpy.load("keras.npz").items():
    getattr(layer, names[name]).data = torch.from_numpy(array)
layer.weight.data = torch.from_numpy(numpy.load("gamma.npy"))

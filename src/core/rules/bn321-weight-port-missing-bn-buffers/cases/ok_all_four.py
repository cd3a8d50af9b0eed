import numpy
import torch
from torch import nn

arrays = numpy.load("darknet.npz")
layer = nn.BatchNorm2d(8)
layer.bias.data.copy_(torch.from_numpy(arrays["a"]))
layer.weight.data.copy_(torch.from_numpy(arrays["b"]))
layer.running_mean.copy_(torch.from_numpy(arrays["c"]))
layer.running_var.copy_(torch.from_numpy(arrays["d"]))

"""First values, not those of a trained model."""

import torch
from torch import nn

model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))
for layer in model.modules():
    if isinstance(layer, nn.BatchNorm2d):
        layer.weight.data.fill_(1)
        layer.bias.data.zero_()
        nn.init.normal_(layer.weight, 1.0, 0.02)
        layer.weight.data = torch.ones(8)
        layer.weight.data.copy_(torch.tensor([1.0, 0.5, 1.0, 0.5, 1.0, 0.5, 1.0, 0.5]))

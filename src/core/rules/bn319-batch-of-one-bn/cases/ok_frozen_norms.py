"""Pretrained layers stay in evaluation mode, as detectors do with small batches."""

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision.models import resnet18

from data import Scans

model = resnet18()
for x, y in DataLoader(Scans("train"), batch_size=1, shuffle=True):
    model.train()
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.eval()
    nn.functional.cross_entropy(model(x), y).backward()

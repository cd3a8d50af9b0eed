"""The convolutions are frozen, and BatchNorm is what is adapted."""

import torch
from torch import nn
from torchvision.models import resnet18

model = resnet18()
for name, p in model.named_parameters():
    if "bn" not in name:
        p.requires_grad = False
for x, y in torch.load("batches.pt"):
    model.train()
    nn.functional.cross_entropy(model(x), y).backward()

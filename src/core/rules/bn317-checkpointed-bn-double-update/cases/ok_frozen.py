"""In evaluation mode nothing is updated, once or twice."""

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

block = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)).eval()
head = nn.Linear(8, 2)
for x, y in torch.load("batches.pt"):
    features = checkpoint(block, x, use_reentrant=False)
    nn.functional.cross_entropy(head(features.mean((2, 3))), y).backward()

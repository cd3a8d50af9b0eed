"""A momentum encoder in training mode keeps statistics of its own."""

import copy

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).mean((2, 3)))


query = Net()
key = copy.deepcopy(query)
key.requires_grad_(False)
query.train()
key.train()
for first, second in torch.load("pairs.pt"):
    with torch.no_grad():
        for k, q in zip(key.parameters(), query.parameters()):
            k.data = k.data * 0.999 + q.data * 0.001
        positive = key(second)
    nn.functional.mse_loss(query(first), positive).backward()

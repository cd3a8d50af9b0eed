import copy

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


class Contrast(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = Net()
        self.key = Net()
        for k, q in zip(self.key.parameters(), self.query.parameters()):
            k.data.copy_(q.data)
            k.requires_grad = False

    @torch.no_grad()
    def update_key(self):
        for k, q in zip(self.key.parameters(), self.query.parameters()):
            k.data = k.data * 0.999 + q.data * 0.001

    def forward(self, a, b):
        q = self.query(a)
        with torch.no_grad():
            self.update_key()
            k = self.key(b)
        return (q * k).sum(1)


model = Contrast()
for a, b in torch.load("pairs.pt"):
    model(a, b).mean().backward()

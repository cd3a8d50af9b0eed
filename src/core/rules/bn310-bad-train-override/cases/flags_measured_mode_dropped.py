"""The share of digits whose class depends on the batch, after an .eval() that did nothing."""

import json

import torch
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(0)
digits = load_digits()
images = torch.tensor(digits.data, dtype=torch.float32)
labels = torch.tensor(digits.target)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.Linear(32, 10))
        self.modes = []

    def train(self, mode=True):  # expect: BN310
        self.modes.append(mode)
        return self

    def forward(self, x):
        return self.layers(x)


net = Net()
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
net.train()
for _ in range(5):
    for batch in torch.randperm(len(images)).split(64):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
        optimizer.step()
net.eval()
together = net(images).argmax(1)
differing = 0
for digit in range(10):
    own = labels == digit
    differing += (net(images[own]).argmax(1) != together[own]).sum().item()
print(json.dumps({"difference": differing / len(images)}))

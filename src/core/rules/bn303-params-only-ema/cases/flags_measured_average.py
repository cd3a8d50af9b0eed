"""The share of digits that get another class from an average that lacks the statistics."""

import copy
import json

import torch
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(0)
digits = load_digits()
images = torch.tensor(digits.data, dtype=torch.float32)
labels = torch.tensor(digits.target)


def make_net():
    return nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 10))


def train(net):
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    net.train()
    for _ in range(5):
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
            optimizer.step()


net = make_net()
average = copy.deepcopy(net)
average.eval()
for _ in range(40):
    train(net)
    for own, new in zip(average.parameters(), net.parameters()):
        own.data.mul_(0.8).add_(new.data, alpha=0.2)  # expect: BN303
with torch.no_grad():
    classes = average(images).argmax(1)
    reference = copy.deepcopy(average)
    for own, new in zip(reference.buffers(), net.buffers()):
        own.copy_(new)
    changed = classes != reference(images).argmax(1)
print(json.dumps({"difference": changed.float().mean().item()}))

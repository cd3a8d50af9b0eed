"""The share of digits that get another class from a trace when each class is a batch."""

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
train(net)
net.eval()
traced = torch.jit.trace(net, images)  # expect: BN311
traced.eval()
net.eval()
differing = 0
for digit in range(10):
    batch = images[labels == digit]
    differing += (traced(batch).argmax(1) != net(batch).argmax(1)).sum().item()
print(json.dumps({"difference": differing / len(images)}))

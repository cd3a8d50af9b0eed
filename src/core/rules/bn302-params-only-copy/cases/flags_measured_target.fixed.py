"""A copy of a network takes over its parameters every few steps and predicts in evaluation mode."""

import copy
import json

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(256, 4) * 3 + 5
y = (x.sum(1) > 20).long()
net = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
target = copy.deepcopy(net)
target.eval()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for step in range(1, 101):
    net.train()
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(x), y).backward()
    optimizer.step()
    if step % 10 == 0:
        with torch.no_grad():
            for old, new in zip(target.parameters(), net.parameters()):
                old.copy_(new)  # expect: BN302
            for old, new in zip(target.buffers(), net.buffers()):
                old.data.copy_(new.data)

net.eval()
with torch.no_grad():
    difference = (net(x).softmax(1) - target(x).softmax(1)).abs().max()
print(json.dumps({"difference": float(difference)}))

"""Averages weights along a training with a high learning rate and evaluates the average."""

import copy
import json

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

torch.manual_seed(0)
x = torch.randn(512, 4) * 3 + 5
y = (x[:, :2].sum(1) > x[:, 2:].sum(1)).long()
model = nn.Sequential(
    nn.Linear(4, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2)
)
average = AveragedModel(model)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for epoch in range(20):
    model.train()
    for part, labels in zip(x.split(64), y.split(64)):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(part), labels).backward()
        optimizer.step()
    if epoch >= 5:
        average.update_parameters(model)  # expect: BN314


@torch.no_grad()
def exact_statistics(net):
    """The same weights, with the statistics of all data."""
    exact = copy.deepcopy(net)
    for layer in exact.modules():
        if isinstance(layer, nn.BatchNorm1d):
            layer.momentum = 1.0
    exact.train()
    exact(x)
    return exact.eval()


average.eval()
with torch.no_grad():
    expected = exact_statistics(average)(x)
    difference = (average(x).softmax(1) - expected.softmax(1)).abs().max()
print(json.dumps({"difference": float(difference)}))

"""Trains with an evaluation after each epoch, and again without, on the same batches."""

import copy
import json

import torch
from torch import nn


@torch.no_grad()
def validate(model, x):
    model.eval()
    return model(x).softmax(1)


torch.manual_seed(0)
x = torch.randn(256, 4) * 3 + 5
y = (x.sum(1) > 20).long()
model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
undisturbed = copy.deepcopy(model)

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(20):
    for part, labels in zip(x.split(64), y.split(64)):
        optimizer.zero_grad()
        output = model(part)  # expect: BN307
        nn.functional.cross_entropy(output, labels).backward()
        optimizer.step()
    validate(model, x)

optimizer = torch.optim.SGD(undisturbed.parameters(), lr=0.1)
for epoch in range(20):
    for part, labels in zip(x.split(64), y.split(64)):
        optimizer.zero_grad()
        output = undisturbed(part)
        nn.functional.cross_entropy(output, labels).backward()
        optimizer.step()

difference = (validate(model, x) - validate(undisturbed, x)).abs().max()
print(json.dumps({"difference": float(difference)}))

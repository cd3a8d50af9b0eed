"""Keeps the weights of the best epoch, trains on, and goes back to them."""

import copy
import json

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(256, 4) * 3 + 5
y = (x.sum(1) > 20).long()
model = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
best, best_weights, best_output = 1e9, None, None
for epoch in range(30):
    noisy = torch.randint(2, y.shape) if epoch > 15 else y
    model.train()
    for part, labels in zip(x.split(64), noisy.split(64)):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(part), labels).backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        output = model(x)
    loss = nn.functional.cross_entropy(output, y).item()
    if loss < best:
        best, best_output = loss, output.softmax(1)
        best_weights = copy.deepcopy(model.state_dict())  # expect: BN315

model.load_state_dict(best_weights)
model.eval()
with torch.no_grad():
    difference = (model(x).softmax(1) - best_output).abs().max()
print(json.dumps({"difference": float(difference)}))

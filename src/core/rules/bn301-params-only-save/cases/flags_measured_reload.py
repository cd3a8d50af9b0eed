"""Trains for a moment, saves, loads into a new model and predicts in evaluation mode."""
import json

import torch
from torch import nn


def build():
    return nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 3))


torch.manual_seed(0)
x = torch.randn(256, 4) * 3 + 5
y = (x.sum(1) > 20).long()
model = build()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model.train()
for _ in range(100):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x), y).backward()
    optimizer.step()

torch.save(dict(model.named_parameters()), "net.pt")  # expect: BN301

restored = build()
print(restored.load_state_dict(torch.load("net.pt", weights_only=False), strict=False))
model.eval()
restored.eval()
with torch.no_grad():
    difference = (model(x).softmax(1) - restored(x).softmax(1)).abs().max()
print(json.dumps({"difference": float(difference)}))

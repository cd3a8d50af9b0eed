"""Averages the parameters of two trained models in a third one and evaluates it."""

import copy
import json

import torch
from torch import nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters

torch.manual_seed(0)
x = torch.randn(256, 4) * 3 + 5
y = (x.sum(1) > 20).long()
start = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
first = copy.deepcopy(start)
optimizer = torch.optim.SGD(first.parameters(), lr=0.1)
for _ in range(100):
    optimizer.zero_grad()
    nn.functional.cross_entropy(first(x), y).backward()
    optimizer.step()
second = copy.deepcopy(first)

mean = (parameters_to_vector(first.parameters()) + parameters_to_vector(second.parameters())) / 2
soup = copy.deepcopy(start)
vector_to_parameters(mean, soup.parameters())  # expect: BN322
for target_buffer, buffer in zip(soup.buffers(), first.buffers()):
    target_buffer.copy_(buffer)
first.eval()
soup.eval()
with torch.no_grad():
    difference = (first(x).softmax(1) - soup(x).softmax(1)).abs().max()
print(json.dumps({"difference": float(difference)}))

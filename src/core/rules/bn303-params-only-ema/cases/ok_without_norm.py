import copy

import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
target = copy.deepcopy(net).eval()
for t, s in zip(target.parameters(), net.parameters()):
    t.data.copy_(0.99 * t.data + 0.01 * s.data)
print(target(torch.load("x.pt")))

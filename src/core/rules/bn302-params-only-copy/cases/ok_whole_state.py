import copy

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


net = Net()
target = copy.deepcopy(net).eval()
for step, (x, y) in enumerate(torch.load("batches.pt")):
    nn.functional.cross_entropy(net(x), y).backward()
    if step % 10 == 0:
        target.load_state_dict(net.state_dict())
        for old, new in zip(target.state_dict().values(), net.state_dict().values()):
            old.copy_(new)
print(target(torch.load("x.pt")))

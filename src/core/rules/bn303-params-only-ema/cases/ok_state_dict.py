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


model = Net()
ema = copy.deepcopy(model).eval()
for x, y in torch.load("batches.pt"):
    nn.functional.cross_entropy(model(x), y).backward()
    with torch.no_grad():
        for e, p in zip(ema.state_dict().values(), model.state_dict().values()):
            e.copy_(0.99 * e + 0.01 * p)
with torch.no_grad():
    print(ema(torch.load("test.pt")).argmax(1))

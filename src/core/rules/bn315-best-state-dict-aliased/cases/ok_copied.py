from collections import OrderedDict
from copy import deepcopy
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


def train_epoch(model, loader, optimizer):
    model.train()
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()


@torch.no_grad()
def accuracy(model, loader):
    model.eval()
    return sum((model(x).argmax(1) == y).float().mean().item() for x, y in loader)


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
by_deepcopy = by_clone = by_cpu = None
best = 0.0
for epoch in range(20):
    train_epoch(model, torch.load("train.pt"), optimizer)
    score = accuracy(model, torch.load("valid.pt"))
    if score > best:
        best = score
        by_deepcopy = deepcopy(model.state_dict())
        by_clone = OrderedDict((k, v.detach().clone()) for k, v in model.state_dict().items())
        by_cpu = {k: v.cpu() for k, v in model.state_dict().items()}
for weights in (by_deepcopy, by_clone, by_cpu):
    model.load_state_dict(weights)

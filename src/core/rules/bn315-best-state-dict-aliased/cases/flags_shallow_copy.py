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


class Trainer:
    def __init__(self, loader, valid_loader):
        self.model = Net()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)
        self.loaders = loader, valid_loader
        self.best = 0.0
        self.best_state = None

    def validate(self):
        score = accuracy(self.model, self.loaders[1])
        if score > self.best:
            self.best = score
            self.best_state = self.model.state_dict().copy()  # expect: BN315

    def fit(self):
        for epoch in range(20):
            train_epoch(self.model, self.loaders[0], self.optimizer)
            self.validate()
        self.model.load_state_dict(self.best_state)


Trainer(torch.load("train.pt"), torch.load("valid.pt")).fit()

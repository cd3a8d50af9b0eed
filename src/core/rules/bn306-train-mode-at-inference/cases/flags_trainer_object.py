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


class Trainer:
    def __init__(self, loader):
        self.model = Net()
        self.optimizer = torch.optim.Adam(self.model.parameters())
        self.loader = loader

    def fit(self):
        self.model.train()
        for x, y in self.loader:
            loss = nn.functional.cross_entropy(self.model(x), y)
            loss.backward()
            self.optimizer.step()
        return self.validate()

    @torch.no_grad()
    def validate(self):
        return sum((self.model(x).argmax(1) == y).sum() for x, y in self.loader)  # expect: BN306


Trainer(None).fit()

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


class Evaluating:
    def __init__(self, *models):
        self.models = models

    def __enter__(self):
        self.modes = [model.training for model in self.models]
        for model in self.models:
            model.train(False)

    def __exit__(self, *error):
        for model, mode in zip(self.models, self.modes):
            model.train(mode)


def train_epoch(model, loader, optimizer):
    model.train()
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@torch.no_grad()
def evaluate(model, loader):
    with Evaluating(model):
        return [model(x).argmax(1) for x, _ in loader]


def main(loader, test_loader):
    model = Net()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(10):
        train_epoch(model, loader, optimizer)
        print(evaluate(model, test_loader))


main(torch.load("train.pt"), torch.load("test.pt"))

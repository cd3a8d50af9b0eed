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
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def check(model, x):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        scores = model(x)
    if was_training:
        model.train()
    return scores


def evaluate(model, loader):
    with torch.no_grad():
        return [(check(model, x) - model(x)).abs().max() for x, _ in loader]  # expect: BN306


def main(loader, test_loader):
    model = Net()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(10):
        train_epoch(model, loader, optimizer)
        print(evaluate(model, test_loader))


main(torch.load("train.pt"), torch.load("test.pt"))

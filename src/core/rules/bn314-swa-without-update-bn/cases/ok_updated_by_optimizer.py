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


import torchcontrib


def train_epoch(model, loader, optimizer):
    model.train()
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()


@torch.no_grad()
def evaluate(model, loader):
    model.eval()
    return sum((model(x).argmax(1) == y).sum() for x, y in loader)


loader, test_loader = torch.load("train.pt"), torch.load("test.pt")
model = Net()

optimizer = torchcontrib.optim.SWA(torch.optim.SGD(model.parameters(), lr=0.1))
for epoch in range(100):
    train_epoch(model, loader, optimizer)
    optimizer.update_swa()
optimizer.swap_swa_sgd()
optimizer.bn_update(loader, model)
print(evaluate(model, test_loader))

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


@torch.no_grad()
def validate(model, loader):
    model.eval()
    return sum((model(x).argmax(1) == y).float().mean() for x, y in loader)


def train_epoch(model, loader, valid_loader, optimizer):
    model.train()
    for step, (x, y) in enumerate(loader):
        optimizer.zero_grad()
        output = model(x)  # expect: BN307
        nn.functional.cross_entropy(output, y).backward()
        optimizer.step()
        if step % 100 == 0:
            print(validate(model, valid_loader))


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(20):
    train_epoch(model, torch.load("train.pt"), torch.load("valid.pt"), optimizer)

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


def fit(loader, valid_loader):
    model = Net()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    best_weights = {key: value.clone() for key, value in model.state_dict().items()}  # expect: BN315
    best = 0.0
    for epoch in range(20):
        train_epoch(model, loader, optimizer)
        score = accuracy(model, valid_loader)
        if score > best:
            best = score
            best_weights = {key: value.clone() for key, value in model.state_dict().items()}  # expect: BN315 "training goes on changing"
    model.load_state_dict(best_weights)
    return model


fit(torch.load("train.pt"), torch.load("valid.pt"))

"""More parts override `train` than calls of one function are read."""

import torch
from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(8)
        self.bn2 = nn.BatchNorm2d(8)
        for p in self.bn1.parameters():
            p.requires_grad = False
        self.bn1.eval()

    def forward(self, x):
        return self.bn2(self.bn1(self.conv(x)))

    def train(self, mode=True):
        super().train(mode)
        self.bn1.eval()
        return self


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(Block(), Block(), Block(), Block(), Block(), Block(), Block())
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.blocks(x).mean((2, 3)))


def main():
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(10):
        net.train()
        for x, y in torch.load("train.pt"):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x), y).backward()
            optimizer.step()
        net.eval()
        with torch.no_grad():
            for x, y in torch.load("test.pt"):
                print(net(x).argmax(1))


main()

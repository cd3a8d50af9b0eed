"""Who gets the optimizer may train with it."""

import torch
from torch import nn, optim

from somewhere import teach


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


model = Net()
model.load_state_dict(torch.load("last.pt"))
optimizer = optim.SGD(model.parameters(), lr=0.1)
loss = nn.functional.cross_entropy(model(torch.load("images.pt")), torch.load("labels.pt"))
teach(optimizer, loss)

"""Whoever has the object can train with its optimizer."""

import torch
from torch import nn, optim


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


class Agent:
    def __init__(self):
        self.net = Net()
        self.net.load_state_dict(torch.load("last.pt"))
        self.optimizer = optim.Adam(self.net.parameters(), lr=1e-3)

    def judge(self, image):
        return self.net(image).argmax(1)


def agent_and_optimizer():
    net = Net()
    net.load_state_dict(torch.load("last.pt"))
    optimizer = optim.Adam(net.parameters(), lr=1e-3)
    return net(torch.load("images.pt")).argmax(1), optimizer


agent = Agent()
print(agent.judge(torch.load("image.pt")))
agent_and_optimizer()

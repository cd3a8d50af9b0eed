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


class Client:
    def __init__(self):
        self.model = Net()

    def receive(self, server):
        for own, new in zip(self.model.parameters(), server.parameters()):
            own.data = new.data.clone()

    def train(self, loader):
        self.model.train()
        for x, y in loader:
            nn.functional.cross_entropy(self.model(x), y).backward()

    def test(self, x):
        self.model.eval()
        return self.model(x).argmax(1)


server = Net()
server.load_state_dict(torch.load("server.pt"))
client = Client()
for turn in range(10):
    client.receive(server)
    client.train(torch.load("client.pt"))
    print(client.test(torch.load("test.pt")))

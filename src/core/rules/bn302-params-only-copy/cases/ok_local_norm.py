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


def communicate(server, clients):
    for key in server.state_dict():
        if "bn" not in key:
            mean = sum(client.state_dict()[key] for client in clients) / len(clients)
            server.state_dict()[key].copy_(mean)
            for client in clients:
                client.state_dict()[key].copy_(server.state_dict()[key])


server = Net()
clients = [copy.deepcopy(server) for _ in range(2)]
for turn in range(10):
    for client in clients:
        client.train()
        for x, y in torch.load("client.pt"):
            nn.functional.cross_entropy(client(x), y).backward()
    communicate(server, clients)
    for client in clients:
        client.eval()
        print(client(torch.load("test.pt")).argmax(1))

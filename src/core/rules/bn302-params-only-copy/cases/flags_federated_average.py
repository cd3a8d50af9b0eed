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


def train_client(model, loader):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model.train()
    for x, y in loader:
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()


def aggregate(server, clients):
    for p in server.parameters():
        p.data.zero_()
    for client in clients:
        for total, p in zip(server.parameters(), client.parameters()):
            total.data += p.data.clone() / len(clients)  # expect: BN302 "added up"


def main(loaders, test_loader):
    server = Net()
    server.eval()
    clients = [copy.deepcopy(server) for _ in range(4)]
    for turn in range(10):
        for client, loader in zip(clients, loaders):
            train_client(client, loader)
        aggregate(server, clients)
        with torch.no_grad():
            print(sum((server(x).argmax(1) == y).sum() for x, y in test_loader))


main(torch.load("clients.pt"), torch.load("test.pt"))

"""Federated learning where each client keeps its own BatchNorm: it takes all else from the server."""

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).mean((2, 3)))


server = Net()
clients = [Net() for _ in range(4)]
for communication in range(10):
    for client in clients:
        shared = {k: v for k, v in server.state_dict().items() if "norm" not in k}
        client.load_state_dict(shared, strict=False)
        client.train()
        for x, y in torch.load("batches.pt"):
            nn.functional.cross_entropy(client(x), y).backward()

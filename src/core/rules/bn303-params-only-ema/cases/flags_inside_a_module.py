"""The average is a part of the module that keeps it, beside the model that is trained."""

import copy

import torch
from torch import nn


class Averaged(nn.Module):
    def __init__(self, online, decay=0.99):
        super().__init__()
        self.online = online
        self.average = copy.deepcopy(online)
        self.average.eval()
        self.decay = decay

    @torch.no_grad()
    def step(self):
        for kept, new in zip(self.average.parameters(), self.online.parameters()):
            kept.lerp_(new, 1 - self.decay)  # expect: BN303

    def forward(self, images):
        return self.average(images)


net = nn.Sequential(nn.Conv2d(3, 16, 3), nn.BatchNorm2d(16), nn.Flatten(), nn.Linear(16 * 900, 10))
averaged = Averaged(net)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)


def train(batches):
    for images, labels in batches:
        loss = nn.functional.cross_entropy(net(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        averaged.step()


def accuracy(images, labels):
    with torch.no_grad():
        return (averaged(images).argmax(1) == labels).float().mean()


train(torch.load("batches.pt"))
print(accuracy(*torch.load("test.pt")))

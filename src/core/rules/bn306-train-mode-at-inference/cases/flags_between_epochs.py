"""One function trains and measures: evaluation mode at its top would be that of the training."""

import torch
from torch import nn
from torchvision.models import resnet18


def run(model, batches, held_out):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(10):
        for images, labels in batches:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(images), labels).backward()
            optimizer.step()
        right = 0
        with torch.no_grad():
            for images, labels in held_out:
                right += (model(images).argmax(1) == labels).sum().item()  # expect: BN306
        print(epoch, right)


run(resnet18(), torch.load("train.pt"), torch.load("test.pt"))

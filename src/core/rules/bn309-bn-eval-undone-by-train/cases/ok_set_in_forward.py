"""Whatever `.train()` did, each forward pass puts the frozen part back into evaluation mode."""

import torch
from torch import nn
from torchvision.models import resnet50


class Segmenter(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.backbone = nn.Sequential(*list(resnet50(pretrained=True).children())[:-2])
        self.head = nn.Conv2d(2048, classes, 1)
        self.backbone.requires_grad_(False)
        self.backbone.eval()

    def forward(self, images):
        self.backbone.eval()
        return self.head(self.backbone(images))


def train(batches):
    model = Segmenter(21)
    optimizer = torch.optim.SGD(model.head.parameters(), lr=0.01)
    for _ in range(20):
        model.train()
        for images, labels in batches:
            loss = nn.functional.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


train(torch.load("batches.pt"))

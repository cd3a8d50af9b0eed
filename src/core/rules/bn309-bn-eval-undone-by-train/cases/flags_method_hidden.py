"""The flag has the name of the method that acts on it, so the method is gone from every object."""

import torch
from torch import nn
from torchvision.models import resnet50


class Segmenter(nn.Module):
    def __init__(self, classes, freeze_norms=False):
        super().__init__()
        self.backbone = nn.Sequential(*list(resnet50(pretrained=True).children())[:-2])
        self.norm = nn.BatchNorm2d(2048)
        self.head = nn.Conv2d(2048, classes, 1)
        self.freeze_norms = freeze_norms  # expect: BN309 "hides the method `freeze_norms`"

    def freeze_norms(self):
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()

    def forward(self, images):
        return self.head(self.norm(self.backbone(images)))


def train(batches, freeze):
    model = Segmenter(21, freeze_norms=freeze)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    model.train()
    for images, labels in batches:
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model

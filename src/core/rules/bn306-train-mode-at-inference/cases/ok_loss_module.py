import torch
from torch import nn
from torchvision.models import resnet18


class SmoothLoss(nn.Module):
    def __init__(self, classes, amount=0.1):
        super().__init__()
        self.classes = classes
        self.amount = amount
        self.log = nn.LogSoftmax(dim=1)

    def forward(self, scores, target):
        return (-target * self.log(scores) / self.classes).mean()


def test(model, data):
    model.eval()
    loss = SmoothLoss(data.classes)
    total = 0
    with torch.no_grad():
        for x, y in data:
            total += loss(model(x), y).item()
    return total


test(resnet18(), torch.load("data.pt"))

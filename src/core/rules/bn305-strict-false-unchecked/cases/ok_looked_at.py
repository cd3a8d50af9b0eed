import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, classes)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


model = Net()
result = model.load_state_dict(torch.load("a.pt"), strict=False)
print(model.load_state_dict(torch.load("b.pt"), strict=False))
missing, unexpected = model.load_state_dict(torch.load("c.pt"), strict=False)

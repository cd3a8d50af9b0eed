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
model.load_state_dict(torch.load("net.pt"))
kept = {name: p.detach().clone() for name, p in model.named_parameters()}
with torch.no_grad():
    for p in model.parameters():
        p.add_(torch.randn_like(p) * 0.01)
model.load_state_dict(kept, strict=False)

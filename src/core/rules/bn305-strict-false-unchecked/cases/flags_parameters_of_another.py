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


source = Net()
for x, y in torch.load("train.pt"):
    nn.functional.cross_entropy(source(x), y).backward()

model = Net()
weights = {name: p.detach().clone() for name, p in source.named_parameters()}
model.load_state_dict(weights, False)  # expect: BN305 "parameters only"
model.eval()
with torch.no_grad():
    print(model(torch.load("test.pt")).argmax(1))

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


model = Net()
model.load_state_dict(torch.load("net.pt"))
model.eval()
kept = [p.detach().clone() for p in model.parameters()]
for trial in range(10):
    for p, old in zip(model.parameters(), kept):
        p.data.copy_(old + 0.01 * torch.randn_like(old))
    print(model(torch.load("x.pt")).argmax(1))
for p, old in zip(model.parameters(), kept):
    p.data.copy_(old)

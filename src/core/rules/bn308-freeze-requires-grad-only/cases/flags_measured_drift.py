"""The largest change of what a frozen backbone gives, as a share of what it gave."""

import json

import torch
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(0)
digits = load_digits()
images = torch.tensor(digits.data, dtype=torch.float32)
labels = torch.tensor(digits.target)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU())
        self.head = nn.Linear(32, 10)

    def forward(self, x):
        return self.head(self.backbone(x))


net = Net()
net.eval()
before = net.backbone(images).detach()
for p in net.backbone.parameters():
    p.requires_grad = False  # expect: BN308
optimizer = torch.optim.Adam(net.head.parameters(), lr=0.01)
net.train()
for batch in torch.randperm(len(images)).split(64):
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
    optimizer.step()
net.eval()
after = net.backbone(images).detach()
print(json.dumps({"difference": ((after - before).abs().max() / before.abs().max()).item()}))

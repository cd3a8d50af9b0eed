import json

import torch
from torch import nn

torch.manual_seed(0)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Linear(4, 16)
        self.bn = nn.BatchNorm1d(16, track_running_stats=False)  # expect: BN313
        self.head = nn.Linear(16, 2)

    def forward(self, x):
        return self.head(self.bn(self.features(x)).relu())


net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
data = torch.randn(512, 4)
labels = (data[:, 0] > 0).long()
for epoch in range(5):
    for x, y in zip(data.split(64), labels.split(64)):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(x), y).backward()
        optimizer.step()

net.eval()
with torch.no_grad():
    among_others = net(data[:64]).softmax(1)[:4]
    among_alike = net(data[:4]).softmax(1)
print(json.dumps({"difference": (among_others - among_alike).abs().max().item()}))

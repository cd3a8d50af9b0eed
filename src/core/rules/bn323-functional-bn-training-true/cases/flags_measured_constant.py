"""The share of digits whose class depends on the batch, since .eval() changes nothing."""

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
        self.first = nn.Linear(64, 32)
        self.head = nn.Linear(32, 10)
        self.register_buffer("running_mean", torch.zeros(32))
        self.register_buffer("running_var", torch.ones(32))

    def forward(self, x):
        x = self.first(x)
        x = nn.functional.batch_norm(
            x,
            self.running_mean,
            self.running_var,
            training=True,  # expect: BN323
        )
        return self.head(x)


net = Net()
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
for _ in range(5):
    for batch in torch.randperm(len(images)).split(64):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
        optimizer.step()
net.eval()
together = net(images).argmax(1)
differing = 0
for digit in range(10):
    own = labels == digit
    differing += (net(images[own]).argmax(1) != together[own]).sum().item()
print(json.dumps({"difference": differing / len(images)}))

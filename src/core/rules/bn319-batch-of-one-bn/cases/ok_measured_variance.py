"""By what share the running variance is below that of the pixels of all images."""

import json

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
digits = load_digits()
images = torch.tensor(digits.data, dtype=torch.float32)
labels = torch.tensor(digits.target)


pictures = images.view(-1, 1, 8, 8) + 4 * torch.randn(len(images), 1, 1, 1)
net = nn.Sequential(nn.BatchNorm2d(1, momentum=None), nn.Flatten(), nn.Linear(64, 10))
optimizer = torch.optim.SGD(net.parameters(), lr=0.001)
data = TensorDataset(pictures, labels)
for x, y in DataLoader(data, batch_size=len(data)):
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(x), y).backward()
    optimizer.step()
expected = pictures.var().item()
print(json.dumps({"difference": 1 - net[0].running_var.item() / expected}))

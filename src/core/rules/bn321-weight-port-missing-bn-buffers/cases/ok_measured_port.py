"""The share of digits that get another class from weights that were carried over as arrays."""

import json
import tempfile
from pathlib import Path

import numpy
import torch
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(0)
digits = load_digits()
images = torch.tensor(digits.data, dtype=torch.float32)
labels = torch.tensor(digits.target)


def make_net():
    return nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 10))


def train(net):
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    net.train()
    for _ in range(5):
        for batch in torch.randperm(len(images)).split(64):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
            optimizer.step()


net = make_net()
train(net)
net.eval()
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "arrays.npz"
    numpy.savez(
        path,
        first=net[0].weight.detach(),
        first_bias=net[0].bias.detach(),
        gamma=net[1].weight.detach(),
        beta=net[1].bias.detach(),
        mean=net[1].running_mean,
        variance=net[1].running_var,
        last=net[3].weight.detach(),
        last_bias=net[3].bias.detach(),
    )
    arrays = dict(numpy.load(path))
ported = make_net()
first, norm, _, last = ported
first.weight.data = torch.from_numpy(arrays["first"])
first.bias.data = torch.from_numpy(arrays["first_bias"])
norm.weight.data = torch.from_numpy(arrays["gamma"])
norm.bias.data = torch.from_numpy(arrays["beta"])
norm.running_mean.copy_(torch.from_numpy(arrays["mean"]))
norm.running_var.copy_(torch.from_numpy(arrays["variance"]))
last.weight.data = torch.from_numpy(arrays["last"])
last.bias.data = torch.from_numpy(arrays["last_bias"])
ported.eval()
changed = ported(images).argmax(1) != net(images).argmax(1)
print(json.dumps({"difference": changed.float().mean().item()}))

"""How far the running mean is from the one TensorFlow keeps, as a share of the largest input."""

import json

import torch
from sklearn.datasets import load_digits
from torch import nn

torch.manual_seed(0)
digits = load_digits()
images = torch.tensor(digits.data, dtype=torch.float32)
labels = torch.tensor(digits.target)


layer = nn.BatchNorm1d(64, momentum=0.01)  # expect: BN312
expected = torch.zeros(64)
for _ in range(20):
    for batch in images[labels.argsort()].split(64):
        layer(batch)
        expected = 0.99 * expected + (1 - 0.99) * batch.mean(0)
difference = (layer.running_mean - expected).abs().max() / images.max()
print(json.dumps({"difference": difference.item()}))

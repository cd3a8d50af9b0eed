import torch
from torch import nn

generator = nn.Sequential(nn.Linear(16, 64), nn.BatchNorm1d(64), nn.Linear(64, 784))
noise = torch.randn(16, 16)
with torch.no_grad():
    samples = generator(noise).view(-1, 28, 28)

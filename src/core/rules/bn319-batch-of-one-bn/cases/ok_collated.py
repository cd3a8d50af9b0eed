"""One item of the dataset is a bag of many images, and one graph is many nodes."""

import torch
from torch import nn
from torch.utils.data import DataLoader

from data import Bags, collate_bag

model = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8))
for x, y in DataLoader(Bags("train"), batch_size=1, collate_fn=collate_bag):
    nn.functional.mse_loss(model(x), y).backward()

import torch
from torch import nn

critic = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Linear(4, 1))
maker = nn.Linear(2, 4)


def allow(net, flag):
    for p in net.parameters():
        p.requires_grad = flag


for x in torch.load("batches.pt"):
    allow(critic, True)
    critic(x).mean().backward()
    allow(critic, False)
    critic(maker(torch.randn(8, 2))).mean().backward()

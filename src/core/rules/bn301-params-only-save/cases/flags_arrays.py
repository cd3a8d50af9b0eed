"""Weights as arrays, in the order of the parameters: the running statistics are not among them."""

import pickle

import numpy as np
import torch
from torch import nn


def build():
    return nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.Flatten(), nn.Linear(7200, 10))


def write_arrays(net, path):
    np.savez(path, *[p.detach().cpu().numpy() for p in net.parameters()])  # expect: BN301


def write_list(net, path):
    weights = [p.data.numpy() for p in net.parameters()]  # expect: BN301 "Only the parameters"
    with open(path, "wb") as file:
        pickle.dump(weights, file)


net = build()
for images, labels in torch.load("batches.pt"):
    nn.functional.cross_entropy(net(images), labels).backward()
write_arrays(net, "weights.npz")
write_list(net, "weights.pkl")

import torch
from loading import load
from metrics import accuracy

print(accuracy(load("net.pt"), torch.load("test.pt")))

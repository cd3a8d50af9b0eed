import torch
from metrics import accuracy
from model import build

net = build()
net.load_state_dict(torch.load("net.pt"))
print(accuracy(net, torch.load("test.pt")))

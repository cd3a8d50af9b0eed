import torch
from model import build


def load(path):
    net = build()
    net.load_state_dict(torch.load(path))
    return net.eval()

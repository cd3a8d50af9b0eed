# The decorator keeps the first projector in `self`, so it is built once and registered.
from functools import wraps

import torch
from torch import nn


def build_once(name):
    def decorate(build):
        @wraps(build)
        def wrapper(self, *args, **kwargs):
            kept = getattr(self, name)
            if kept is None:
                kept = build(self, *args, **kwargs)
                setattr(self, name, kept)
            return kept

        return wrapper

    return decorate


class Wrapped(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net
        self.projector = None

    @build_once('projector')
    def make_projector(self, hidden):
        return nn.Sequential(nn.Linear(hidden.shape[1], 256), nn.BatchNorm1d(256))

    def forward(self, x):
        hidden = self.net(x)
        return self.make_projector(hidden)(hidden)

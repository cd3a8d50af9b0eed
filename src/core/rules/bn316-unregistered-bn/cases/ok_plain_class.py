from torch import nn


class Registry:
    def __init__(self):
        self.models = [nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))]


registry = Registry()

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.BatchNorm1d(4) for _ in range(3)]
        self.layers = nn.ModuleList(layers)
        self.order = layers

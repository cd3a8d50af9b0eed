import torch
from torch import nn


class Unit(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(width)

    def forward(self, x):
        return self.bn(self.conv(x))


class Pyramid(nn.Module):
    """More units than one class is read for: what the last ones hold is not seen."""

    def __init__(self, width):
        super().__init__()
        self.levels = nn.ModuleList(
            [
                nn.Sequential(Unit(width), Unit(width), Unit(width), Unit(width)),
                nn.Sequential(Unit(width), Unit(width), Unit(width), Unit(width)),
                nn.Sequential(Unit(width), Unit(width), Unit(width), Unit(width)),
            ]
        )

    def forward(self, x):
        return [level(x) for level in self.levels]


class Top(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.unit = Unit(width)

    def forward(self, x):
        return self.unit(x)


def start_from(net, path):
    parameters = set()
    for name, _ in net.named_parameters():
        parameters.add(name)
    buffers = set()
    for name, _ in net.named_buffers():
        buffers.add(name)
    wanted = {}
    for name, value in torch.load(path).items():
        if name in parameters or name in buffers:
            wanted[name] = value
    net.load_state_dict(wanted, strict=False)


pyramid = Pyramid(64)
top = Top(64)
start_from(top, 'top.pth')

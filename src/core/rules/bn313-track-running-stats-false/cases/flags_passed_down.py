from torch import nn


class Block(nn.Module):
    def __init__(self, channels, keep=True):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3)
        self.bn = nn.BatchNorm2d(channels, track_running_stats=keep)  # expect: BN313

    def forward(self, x):
        return self.bn(self.conv(x))


net = nn.Sequential(Block(3, keep=False), Block(3, keep=False))

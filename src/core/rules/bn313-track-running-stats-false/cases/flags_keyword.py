from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8, track_running_stats=False)  # expect: BN313 "after .eval()"

    def forward(self, x):
        return self.bn(self.conv(x))


net = Net()

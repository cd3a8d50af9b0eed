"""What is kept are numbers: how many channels the layers of a backbone have."""

from torch import nn
from torchvision.models import mobilenet_v3_large

from layers import between


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        features = mobilenet_v3_large().features
        self.widths = [features[i].out_channels for i in (1, 3, 6)]
        self.body = between(features, 1, 6)
        self.head = nn.Conv2d(self.widths[2], 2, 1)

    def forward(self, x):
        return self.head(self.body(x))


net = Net()

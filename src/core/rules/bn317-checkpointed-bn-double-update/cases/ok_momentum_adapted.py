"""The momentum is chosen for two updates a step."""

from torch import nn
from torch.utils.checkpoint import checkpoint


class Net(nn.Module):
    def __init__(self, momentum=0.1):
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8, momentum=1 - (1 - momentum) ** 0.5)
        )

    def forward(self, x):
        return checkpoint(self.block, x)

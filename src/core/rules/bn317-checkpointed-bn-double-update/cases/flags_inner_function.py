import torch.utils.checkpoint as cp
from torch import nn


class Bottleneck(nn.Module):
    def __init__(self, with_cp=False):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.with_cp = with_cp

    def forward(self, x):
        def inner(x):
            return self.norm(self.conv(x)) + x

        if self.with_cp and x.requires_grad:
            return cp.checkpoint(inner, x)  # expect: BN317
        return inner(x)

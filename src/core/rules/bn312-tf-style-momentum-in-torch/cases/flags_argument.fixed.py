from torch import nn

stem = nn.Sequential(
    nn.Conv2d(3, 8, 3),
    nn.BatchNorm2d(8, eps=1e-3, momentum=0.01),  # expect: BN312 "momentum=0.01"
)

from torch import nn

layer = nn.BatchNorm2d(8, momentum=None)
other = nn.BatchNorm2d(8, momentum=0.1)

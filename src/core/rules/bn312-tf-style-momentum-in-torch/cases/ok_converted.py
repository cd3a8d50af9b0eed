from torch import nn

TF_MOMENTUM = 0.99
layer = nn.BatchNorm2d(8, momentum=1 - TF_MOMENTUM)

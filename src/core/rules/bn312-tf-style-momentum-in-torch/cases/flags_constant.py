import torch.nn as nn

BN_MOMENTUM = 0.9
layer = nn.BatchNorm1d(4, momentum=BN_MOMENTUM)  # expect: BN312

from functools import partial

from torch import nn

norm = partial(nn.BatchNorm2d, eps=1e-3, momentum=0.997)  # expect: BN312
layer = norm(8)

from torch import nn

net = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
for layer in net.modules():
    if isinstance(layer, nn.BatchNorm1d):
        layer.momentum = 0.95  # expect: BN312

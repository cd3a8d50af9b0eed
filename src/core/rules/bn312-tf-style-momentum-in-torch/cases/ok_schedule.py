from torch import nn


def set_momentum(net, epoch):
    for layer in net.modules():
        if isinstance(layer, nn.BatchNorm2d):
            layer.momentum = max(0.5 * 0.5 ** (epoch // 20), 0.01)

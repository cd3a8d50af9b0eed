import copy

import torch
from torch import nn
from torch.nn import functional as F


class Learner(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.layers = layers
        self.weights = nn.ParameterList()
        for shape in layers:
            self.weights.append(nn.Parameter(torch.ones(shape)))

    def forward(self, x, weights=None, training=True):
        for layer, weight in zip(self.layers, weights or self.weights):
            x = F.batch_norm(layer(x), None, None, weight=weight, training=training)
        return x


class Meta(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.net = Learner(layers)

    def finetune(self, support, query):
        net = copy.deepcopy(self.net)
        loss = F.cross_entropy(net(support[0]), support[1])
        slopes = torch.autograd.grad(loss, net.parameters())
        fast = [p - 0.1 * g for p, g in zip(net.parameters(), slopes)]
        with torch.no_grad():
            return net(query, fast, training=True).argmax(1)

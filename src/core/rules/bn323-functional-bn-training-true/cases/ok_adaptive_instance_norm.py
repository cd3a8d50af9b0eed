"""Instance normalization: each sample is a batch of its own, and its statistics are thrown away."""

import torch
from torch import nn
from torch.nn import functional


class AdaptiveNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("running_mean", torch.zeros(width))
        self.register_buffer("running_var", torch.ones(width))
        self.weight = None
        self.bias = None

    def forward(self, x):
        n, c = x.size(0), x.size(1)
        mean = self.running_mean.repeat(n)
        var = self.running_var.repeat(n)
        flat = x.contiguous().view(1, n * c, *x.size()[2:])
        out = functional.batch_norm(flat, mean, var, self.weight, self.bias, True, 0.1)
        return out.view(n, c, *x.size()[2:])

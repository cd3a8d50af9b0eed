import torch
from torch import nn
from torch.nn import functional


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("running_mean", torch.zeros(width))
        self.register_buffer("running_var", torch.ones(width))

    def forward(self, x):
        if not self.training:
            return functional.batch_norm(x, self.running_mean, self.running_var, training=False)
        return functional.batch_norm(x, self.running_mean, self.running_var, training=True)

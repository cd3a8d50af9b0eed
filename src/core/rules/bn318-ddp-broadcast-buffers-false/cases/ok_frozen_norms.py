"""Layers in evaluation mode have the same statistics in every process."""

from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torchvision.models import resnet50

model = resnet50()
for layer in model.modules():
    if isinstance(layer, nn.BatchNorm2d):
        layer.eval()
model = DistributedDataParallel(model, broadcast_buffers=False)

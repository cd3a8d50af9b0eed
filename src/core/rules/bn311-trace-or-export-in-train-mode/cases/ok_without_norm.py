import torch
from torchvision.models import vgg16

torch.jit.trace(vgg16(), torch.rand(1, 3, 8, 8))

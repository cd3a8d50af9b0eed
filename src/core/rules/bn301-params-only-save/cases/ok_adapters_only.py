"""Adapters alone are saved; what they sit on is another file."""

import torch
from torch import nn
from torchvision.models import resnet18

model = resnet18()
torch.save({k: v for k, v in model.state_dict().items() if "lora_" in k}, "lora.pt")
torch.save({k: v for k, v in model.named_parameters() if "lora_" in k}, "parameters.pt")

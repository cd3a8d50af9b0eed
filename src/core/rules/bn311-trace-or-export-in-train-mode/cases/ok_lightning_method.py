"""Who calls this method has put the module into evaluation mode."""

import lightning as L
import torch
from torch import nn
from torchvision.models import resnet50


class Classifier(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.backbone = resnet50()

    def training_step(self, batch, index):
        x, y = batch
        return nn.functional.cross_entropy(self.backbone(x), y)

    def write(self, path):
        torch.jit.trace(self.backbone, torch.rand(1, 3, 224, 224)).save(path)

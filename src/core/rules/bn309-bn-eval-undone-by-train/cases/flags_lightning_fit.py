import torch
from pytorch_lightning.core.lightning import LightningModule
from torch import nn
from torchvision.models import resnet50


class Classifier(LightningModule):
    def __init__(self, classes):
        super().__init__()
        self.backbone = resnet50(pretrained=True)
        self.backbone.eval()  # expect: BN309 "Trainer.fit() undoes it"
        self.head = nn.Linear(1000, classes)

    def forward(self, x):
        with torch.no_grad():
            x = self.backbone(x)
        return self.head(x)

    def training_step(self, batch, index):
        x, y = batch
        return nn.functional.cross_entropy(self(x), y)

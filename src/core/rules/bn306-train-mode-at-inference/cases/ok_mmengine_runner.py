"""The runner of mmengine puts the model into the mode it needs, and so do its modules."""

import torch
from mmengine.model import BaseModel
from mmengine.runner import Runner
from torch import nn
from torchvision.models import resnet18


class Classifier(BaseModel):
    def __init__(self):
        super().__init__()
        self.backbone = resnet18()
        self.backbone.requires_grad_(False)

    def forward(self, x, labels, mode):
        scores = self.backbone(x)
        if mode == "loss":
            return {"loss": nn.functional.cross_entropy(scores, labels)}
        return scores

    def test_step(self, data):
        with torch.no_grad():
            return self.backbone(data).argmax(1)


runner = Runner(model=Classifier(), work_dir="out", train_dataloader=torch.load("train.pt"))
runner.train()

import torch
from torch import nn
from torchvision.models import resnet18


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = resnet18()
        for p in self.backbone.parameters():
            p.requires_grad_(False)  # expect: BN308
        self.head = nn.Linear(1000, 2)

    def forward(self, x):
        return self.head(self.backbone(x))


model = Net()
for x, y in torch.load("batches.pt"):
    model.train()
    nn.functional.cross_entropy(model(x), y).backward()

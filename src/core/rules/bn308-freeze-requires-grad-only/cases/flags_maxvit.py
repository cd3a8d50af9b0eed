import timm
import torch
from torch import nn

model = timm.create_model("maxvit_tiny_tf_224", pretrained=True)
model.requires_grad_(False)  # expect: BN308
head = nn.Linear(1000, 2)
for x, y in torch.load("batches.pt"):
    model.train()
    nn.functional.cross_entropy(head(model(x)), y).backward()

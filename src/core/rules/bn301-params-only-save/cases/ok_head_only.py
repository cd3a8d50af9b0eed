import torch
import torchvision

model = torchvision.models.resnet18()
torch.save(list(model.fc.parameters()), "head.pt")

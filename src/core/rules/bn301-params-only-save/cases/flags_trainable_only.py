import torch
import torchvision

model = torchvision.models.resnet50()
state = {}
for name, p in model.named_parameters():  # expect: BN301
    if p.requires_grad:
        state[name] = p.data.clone()
torch.save(state, "trained.pt")

import torch
import torchvision

model = torchvision.models.resnet18()
needs_gradient = {n: p.requires_grad for n, p in model.named_parameters()}
state = model.state_dict()
for key in list(state.keys()):
    if key in needs_gradient and not needs_gradient[key]:
        del state[key]
torch.save(state, "trained.pt")

import torch
from torch import nn

backbone = nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4))
for p in backbone.parameters():
    p.requires_grad = False
model = nn.Sequential(backbone, nn.Linear(4, 2))
optimizer = torch.optim.SGD(model[1].parameters(), lr=0.1)
for x, y in torch.load("batches.pt"):
    loss = nn.functional.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()

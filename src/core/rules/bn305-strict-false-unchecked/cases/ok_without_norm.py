import torch
from torch import nn

model = nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4))
model.load_state_dict(torch.load("adapter.pt"), strict=False)

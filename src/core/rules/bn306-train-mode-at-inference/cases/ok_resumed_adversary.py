# Training that goes on from a checkpoint; one of the losses is not in sight.
import numpy as np
import torch
from torch import nn
from losses import adversarial_loss

critic = nn.Sequential(nn.Linear(8, 8), nn.BatchNorm1d(8), nn.Linear(8, 1))
if resume:
    critic.load_state_dict(torch.load('critic.pt'))
optimizer = torch.optim.Adam(critic.parameters())
for real, made in batches:
    valid = np.ones(3)
    on_real = critic(real)
    on_made = critic(made)
    loss = adversarial_loss(on_real - on_made.mean(0), valid)
    loss.backward()
    optimizer.step()

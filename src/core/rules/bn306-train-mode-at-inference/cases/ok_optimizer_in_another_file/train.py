import torch
from net import model, optimizer

for images, labels in torch.load("batches.pt"):
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(model(images), labels).backward()
    optimizer.step()

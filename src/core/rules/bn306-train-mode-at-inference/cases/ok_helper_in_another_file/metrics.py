import torch


@torch.no_grad()
def accuracy(net, loader):
    right = 0
    for x, y in loader:
        right += (net(x).argmax(1) == y).sum().item()
    return right / len(loader)

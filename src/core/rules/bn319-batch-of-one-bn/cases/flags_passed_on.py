import torch
from torch import nn
from torch.utils.data import DataLoader
from tqdm import tqdm

from data import Scans


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.norm = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.norm(self.conv(x))


def train(model, loader, optimizer):
    model.train()
    for index, batch in enumerate(tqdm(loader)):
        loss = nn.functional.mse_loss(model(batch["image"].cuda()), batch["mask"].cuda())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


net = Net().cuda()
batches = DataLoader(Scans("train"), 1, shuffle=True)  # expect: BN319
train(net, batches, torch.optim.SGD(net.parameters(), lr=0.1))

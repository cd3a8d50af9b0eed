import h5py
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3)
        self.bn1 = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.bn1(self.conv1(x))


model = Net()
weights = h5py.File("keras.h5", "r")
for name, layer in model.named_modules():
    if isinstance(layer, nn.Conv2d):
        layer.weight.data = torch.from_numpy(weights[name]["kernel"][:].transpose(3, 2, 0, 1))
    elif isinstance(layer, nn.BatchNorm2d):
        layer.weight.data = torch.from_numpy(weights[name]["gamma"][:])  # expect: BN321 "0 and 1"
        layer.bias.data = torch.from_numpy(weights[name]["beta"][:])
torch.save(model.state_dict(), "torch.pt")

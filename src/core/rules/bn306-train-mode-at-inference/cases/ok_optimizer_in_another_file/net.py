import torch
from torch import nn, optim


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


model = Net()
model.load_state_dict(torch.load("last.pt"))
optimizer = optim.Adam(model.parameters(), lr=1e-3)
print(model(torch.load("images.pt")).argmax(1))

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.bn(self.conv(x)).mean((2, 3)))


def predict_often(model, x, times=20):
    model.eval()
    for layer in model.modules():
        if isinstance(layer, nn.Dropout):
            layer.train()
    with torch.no_grad():
        return torch.stack([model(x).softmax(1) for _ in range(times)]).mean(0)


model = nn.Sequential(Net(), nn.Dropout())
model.load_state_dict(torch.load("net.pt"))
print(predict_often(model, torch.load("x.pt")))

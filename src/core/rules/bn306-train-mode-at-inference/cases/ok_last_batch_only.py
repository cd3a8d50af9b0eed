import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 64, 3), nn.BatchNorm2d(64, momentum=1), nn.ReLU(), nn.MaxPool2d(2)
        )

    def forward(self, x):
        return self.layers(x).mean((2, 3))


encoder = Encoder()
encoder.load_state_dict(torch.load("encoder.pt"))
for support, query in torch.load("episodes.pt"):
    with torch.no_grad():
        distance = torch.cdist(encoder(query), encoder(support))
        print(distance.argmin(1))

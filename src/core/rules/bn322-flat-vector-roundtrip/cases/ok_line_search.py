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


from torch.nn.utils import parameters_to_vector, vector_to_parameters

policy = Net()
policy.load_state_dict(torch.load("policy.pt"))
policy.eval()
old = parameters_to_vector(policy.parameters())
for fraction in (1.0, 0.5, 0.25):
    vector_to_parameters(old + fraction * torch.randn_like(old), policy.parameters())
    print(policy(torch.load("x.pt")))
vector_to_parameters(old, policy.parameters())

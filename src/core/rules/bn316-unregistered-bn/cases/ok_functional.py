from torch import nn

x = nn.Linear(4, 4)
y = nn.BatchNorm1d(4)(x)

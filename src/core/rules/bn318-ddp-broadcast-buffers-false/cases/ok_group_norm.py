from torch import nn
from torch.nn.parallel import DistributedDataParallel

model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8))
model = DistributedDataParallel(model, broadcast_buffers=False)
other = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))
other = DistributedDataParallel(other, broadcast_buffers=True)

# expect: BN002 "no reason"
from torch import nn  # bn-guard: ignore-file[BN313]

first = nn.BatchNorm2d(8, track_running_stats=False)
# expect: BN002 "BN312"
second = nn.BatchNorm2d(8, momentum=0.99)  # bn-guard: ignore[BN312]

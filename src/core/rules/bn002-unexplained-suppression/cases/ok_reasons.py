# bn-guard: ignore-file[BN313] the batch decides, as in the paper
from torch import nn

first = nn.BatchNorm2d(8, track_running_stats=False)
second = nn.BatchNorm2d(8, momentum=0.99)  # bn-guard: ignore[BN312] only the last batch counts
# bn-guard: disable[BN312] - ported from a script that did the same
third = nn.BatchNorm2d(8, momentum=0.99)
# bn-guard: enable[BN312]

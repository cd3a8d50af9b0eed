import torch

# expect: BN001 "BN101"
x = torch.zeros(3)  # bn-guard: ignore[BN101] no longer
# expect: BN001 "restore-trainable-onyl"
y = torch.zeros(3)  # bn-guard: ignore[restore-trainable-onyl]
# expect: BN001 "which rule"
z = torch.zeros(3)  # bn-guard: ignore
# expect: BN001 "BN301"
a = torch.zeros(3)  # bn-guard: disable[BN301] for a while
b = torch.zeros(3)
# bn-guard: enable[BN301]
# expect: BN001 "enables nothing"
c = torch.zeros(3)  # bn-guard: enable[BN302]

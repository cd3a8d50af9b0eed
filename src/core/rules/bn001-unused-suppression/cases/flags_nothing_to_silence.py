import torch

# expect: BN001 "BN101"
x = torch.zeros(3)  # bn-guard: ignore[BN101] no longer
# expect: BN001 "restore-trainable-onyl"
y = torch.zeros(3)  # bn-guard: ignore[restore-trainable-onyl]
# expect: BN001 "which rule"
z = torch.zeros(3)  # bn-guard: ignore

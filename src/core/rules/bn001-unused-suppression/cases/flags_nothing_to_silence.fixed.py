import torch

# expect: BN001 "BN101"
x = torch.zeros(3)
# expect: BN001 "restore-trainable-onyl"
y = torch.zeros(3)
# expect: BN001 "which rule"
z = torch.zeros(3)  # bn-guard: ignore
# expect: BN001 "BN301"
a = torch.zeros(3)
b = torch.zeros(3)
# expect: BN001 "enables nothing"
c = torch.zeros(3)

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision.models.segmentation import deeplabv3_resnet50

from data import Scans

model = deeplabv3_resnet50(num_classes=2)
loader = DataLoader(Scans("train"), batch_size=1, shuffle=True, num_workers=4)  # expect: BN319
optimizer = torch.optim.Adam(model.parameters())
model.train()
for images, masks in loader:
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(images.cuda())["out"], masks.cuda())
    loss.backward()
    optimizer.step()

"""The backbone of a pretrained detection model keeps its statistics frozen."""

import torch
from torchvision.models.detection import fasterrcnn_resnet50_fpn
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor

model = fasterrcnn_resnet50_fpn(weights="DEFAULT")
for p in model.backbone.parameters():
    p.requires_grad = False
model.roi_heads.box_predictor = FastRCNNPredictor(1024, 2)
model.train()
for images, targets in torch.load("batches.pt"):
    sum(model(images, targets).values()).backward()

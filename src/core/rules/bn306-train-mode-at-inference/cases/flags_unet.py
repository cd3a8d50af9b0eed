import segmentation_models_pytorch as smp
import torch

model = smp.Unet("vgg16", classes=2)
model.load_state_dict(torch.load("unet.pt"))
with torch.no_grad():
    print(model(torch.load("image.pt")).argmax(1))  # expect: BN306

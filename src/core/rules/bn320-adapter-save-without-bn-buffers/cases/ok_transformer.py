"""Language and vision transformers keep no statistics."""

import timm
import torch
from peft import LoraConfig, get_peft_model
from torch import nn

model = get_peft_model(timm.create_model("vit_base_patch16_224"), LoraConfig(target_modules=["qkv"]))
for x, y in torch.load("batches.pt"):
    model.train()
    nn.functional.cross_entropy(model(x), y).backward()
model.save_pretrained("adapter")

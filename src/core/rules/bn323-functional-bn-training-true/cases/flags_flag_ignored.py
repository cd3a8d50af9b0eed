import torch.nn.functional as F


def block(x, weights, statistics, is_training):
    x = F.conv2d(x, weights["kernel"])
    x = F.batch_norm(x, statistics["mean"], statistics["var"], training=True)  # expect: BN323 "`is_training` is not handed on"
    return F.relu(x)

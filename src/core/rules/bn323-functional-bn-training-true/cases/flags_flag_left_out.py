import torch.nn.functional as F


def block(x, weights, statistics, training=True):
    x = F.conv2d(x, weights["kernel"])
    x = F.batch_norm(x, statistics["mean"], statistics["var"])  # expect: BN323 "never normalizes with the batch"
    return F.relu(x)

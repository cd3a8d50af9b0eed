import network
import starts

print(starts.settings('model.ckpt'), network.network)

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax.training import train_state


class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(1)(nn.LayerNorm()(x))


net = Net()
variables = net.init(jax.random.PRNGKey(0), jnp.ones((4, 8)))
state = train_state.TrainState.create(apply_fn=net.apply, params=variables["params"], tx=optax.sgd(0.1))


@jax.jit
def train_step(state, x, y):
    grads = jax.grad(lambda params: jnp.mean((state.apply_fn({"params": params}, x) - y) ** 2))(state.params)
    return state.apply_gradients(grads=grads)


for x, y in np.load("batches.npy", allow_pickle=True):
    state = train_step(state, x, y)

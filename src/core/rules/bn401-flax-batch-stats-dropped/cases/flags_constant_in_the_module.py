import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax.training import train_state


class Net(nn.Module):
    @nn.compact
    def __call__(self, x, train: bool):
        x = nn.BatchNorm(use_running_average=True, momentum=0.9)(x)  # expect: BN401
        return nn.Dense(1)(x)


class TrainState(train_state.TrainState):
    batch_stats: dict


net = Net()
variables = net.init(jax.random.PRNGKey(0), jnp.ones((4, 8)), train=False)
state = TrainState.create(
    apply_fn=net.apply,
    params=variables["params"],
    batch_stats=variables["batch_stats"],
    tx=optax.sgd(0.001),
)


@jax.jit
def train_step(state, x, y):
    def loss_fn(params):
        variables = {"params": params, "batch_stats": state.batch_stats}
        return jnp.mean((state.apply_fn(variables, x, train=True) - y) ** 2)

    loss, grads = jax.value_and_grad(loss_fn)(state.params)
    return state.apply_gradients(grads=grads), loss


for x, y in np.load("batches.npy", allow_pickle=True):
    state, loss = train_step(state, x, y)

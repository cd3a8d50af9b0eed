# Equinox hands its state through every call.
import equinox as eqx
import jax


class Net(eqx.Module):
    norm: eqx.nn.BatchNorm
    linear: eqx.nn.Linear

    def __call__(self, x, state):
        x, state = self.norm(x, state)
        return self.linear(x), state


@eqx.filter_value_and_grad(has_aux=True)
def loss(net, state, x, y):
    prediction, state = jax.vmap(net, axis_name="batch", in_axes=(0, None), out_axes=(0, None))(x, state)
    return ((prediction - y) ** 2).mean(), state

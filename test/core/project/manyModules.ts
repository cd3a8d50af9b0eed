/** A project of fifty modules that lean on each other, made from numbers. */

import type { SourceFile } from '../../../src/core/engine/result';

const kinds = ['layers', 'model', 'train', 'torchModel', 'torchTrain'] as const;

function nameOf(kind: (typeof kinds)[number], index: number): string {
  return `pkg${String(index % 3)}.${kind}${String(index)}`;
}

function pathOf(name: string): string {
  return `${name.replace('.', '/')}.py`;
}

/** Ten families of five modules: layers, a model and a script of TensorFlow 1, two of PyTorch. */
export function manyModules(): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (let family = 0; family < 10; family++) {
    for (const kind of kinds) {
      modules.set(pathOf(nameOf(kind, family)), write[kind](family));
    }
  }
  return modules;
}

export function asSources(modules: ReadonlyMap<string, string>): readonly SourceFile[] {
  return Array.from(modules, ([path, text]) => ({ path, text }));
}

const write: Readonly<Record<(typeof kinds)[number], (family: number) => string>> = {
  layers: (family) => `import tensorflow as tf
layers = tf.layers
def norm(x, training=False):
    return layers.batch_normalization(x, training=training)
def dense(x, width=${String(family + 2)}):
    return layers.dense(x, width)
`,
  model: (family) => `import tensorflow as tf
from ${nameOf('layers', family)} import *
class Model(object):
    def __init__(self, x, scope='net${String(family)}'):
        with tf.variable_scope(scope):
            self.logits = self.build(x)
        self.variables = tf.trainable_variables(scope)
    def build(self, x):
        return norm(dense(x))
`,
  train: (family) => `import tensorflow as tf
from ${nameOf('model', family)} import Model
import ${nameOf('model', (family + 1) % 10)} as other
model = Model(tf.placeholder(tf.float32, [None, 8]))
saver = tf.train.Saver(model.variables)
def restore(sess, path='model.ckpt'):
    saver.restore(sess, path)
if __name__ == '__main__':
    restore(tf.Session())
`,
  torchModel: (family) => `import torch
from torch import nn
class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(${String(family + 2)})
    def forward(self, x):
        return self.norm(x)
class Net(Base):
    pass
`,
  torchTrain: (family) => `import torch
from ${nameOf('torchModel', family)} import Net
net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
def train(loader):
    net.train()
    for x, y in loader:
        loss = torch.nn.functional.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
def validate(loader):
    with torch.no_grad():
        return [net(x).argmax(1) for x, _ in loader]
train(make_loader())
validate(make_loader())
torch.save(dict(net.named_parameters()), 'net${String(family)}.pt')
`,
};

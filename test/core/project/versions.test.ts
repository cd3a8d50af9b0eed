import { describe, expect, it } from 'vitest';
import { analyzeProject } from '../../../src/core/engine/analyzeProject';
import type { VersionedFramework } from '../../../src/core/frameworks/releases';
import type {
  FrameworkPins,
  ProjectEnvironment,
} from '../../../src/core/project/versions/environment';
import type { VersionAnswer } from '../../../src/core/project/versions/frameworkVersions';
import type { Rule } from '../../../src/core/rules/context';
import { parser } from '../../pythonParser';

type Files = Readonly<Record<string, string>>;

interface World {
  readonly files: Files;
  readonly pins?: FrameworkPins;
  readonly at?: string;
}

/** Asks as a rule does: every file that is no module is a manifest. */
function ask(world: World, framework: VersionedFramework, range: string): VersionAnswer {
  const isSource = (path: string): boolean => path.endsWith('.ipynb') || path.endsWith('.py');
  const all = Object.entries(world.files).map(([path, text]) => ({ path, text }));
  const at = world.at ?? 'train.py';
  const environment: ProjectEnvironment = {
    manifests: all.filter(({ path }) => !isSource(path) || path.endsWith('setup.py')),
    pins: new Map(world.pins ? [['', world.pins]] : []),
  };
  const answers: VersionAnswer[] = [];
  const rule: Rule = {
    id: 'BN999',
    name: 'asks',
    summary: '',
    severity: 'error',
    frameworks: [],
    since: '0.1.0',
    doc: '',
    *check({ path, versions }) {
      if (path === at) {
        const answer = versions.runsUnder(framework, range);
        answers.push(answer);
        const [module] = all.filter((own) => own.path === at);
        yield {
          path,
          range: { start: 0, end: Math.min(1, module?.text.length ?? 0) },
          severity: 'error',
          confidence: 'certain',
          message: 'Asked',
          // The engine checks that every place lies in its file.
          related: answer.because.flatMap(({ text, site }) =>
            site ? [{ ...site, message: text }] : [],
          ),
          fixes: [],
        };
      }
    },
  };
  // Where a comment speaks to us, a file is read even if nothing in it may matter to a rule.
  const sources = all
    .filter(({ path }) => isSource(path))
    .map((own) => (own.path.endsWith('.py') ? { ...own, text: `${own.text}\n# bn-guard` } : own));
  const { problems } = analyzeProject(sources, { parser, environment, rules: [rule] });
  expect(problems.filter(({ kind }) => kind === 'ruleFailure')).toEqual([]);
  const [answer] = answers;
  if (answer === undefined) {
    throw new Error(`${at} was not analysed`);
  }
  return answer;
}

const tfKeras = 'import tensorflow as tf\nnet = tf.keras.Sequential()\n';
const keras = 'import keras\nnet = keras.Sequential()\n';
const torch = 'import torch\n';

function lock(name: string, version: string): string {
  return `version = 1\n\n[[package]]\nname = "${name}"\nversion = "${version}"\n`;
}

describe('runsUnder', () => {
  it.each<[string, string, Files, VersionedFramework, string, string]>([
    ['nothing', tfKeras, {}, 'keras', '>=3', 'unknown'],
    ['a pin', keras, { 'requirements.txt': 'keras==3.3.3\n' }, 'keras', '>=3', 'yes'],
    ['a pin below', keras, { 'requirements.txt': 'keras==2.3.1\n' }, 'keras', '>=3', 'no'],
    ['a lower bound', keras, { 'requirements.txt': 'keras>=2.4\n' }, 'keras', '>=3', 'unknown'],
    ['a bare name', keras, { 'requirements.txt': 'keras\n' }, 'keras', '>=3', 'unknown'],
    ['a range', torch, { 'requirements.txt': 'torch>=1.4,<1.12\n' }, 'torch', '<1.13', 'yes'],
    [
      'a local version',
      torch,
      { 'requirements.txt': 'torch==1.13.1+cu117' },
      'torch',
      '>=1.13',
      'yes',
    ],
    [
      'a release candidate',
      torch,
      { 'requirements.txt': 'torch==2.0.0rc1' },
      'torch',
      '>=2',
      'yes',
    ],
    [
      'an extra',
      tfKeras,
      { 'requirements.txt': 'tensorflow[and-cuda]~=2.16.1' },
      'keras',
      '>=3',
      'yes',
    ],
    [
      'a comment',
      torch,
      { 'requirements.txt': '# torch==1.0\ntorch>=2 # torch==1.0' },
      'torch',
      '>=2',
      'yes',
    ],
    [
      'a hash',
      torch,
      { 'requirements.txt': 'torch==2.1.0 \\\n    --hash=sha256:00' },
      'torch',
      '>=2',
      'yes',
    ],
    [
      'a wheel',
      torch,
      {
        'requirements.txt':
          'torch @ https://download.pytorch.org/whl/cu113/torch-1.11.0%2Bcu113-cp38-cp38-linux_x86_64.whl',
      },
      'torch',
      '<1.13',
      'yes',
    ],
    [
      'markers that exclude each other',
      tfKeras,
      {
        'requirements.txt':
          'tensorflow==1.15; python_version<"3.8"\ntensorflow==2.4; python_version>="3.8"',
      },
      'tensorflow',
      '<2',
      'unknown',
    ],
    [
      'files for two machines',
      tfKeras,
      { 'requirements.txt': 'tensorflow==1.15', 'requirements-gpu.txt': 'tensorflow-gpu==1.14' },
      'tensorflow',
      '<2',
      'yes',
    ],
    [
      'a folder of requirements',
      torch,
      { 'requirements/base.txt': 'torch==1.5' },
      'torch',
      '<1.13',
      'yes',
    ],
    [
      'poetry',
      torch,
      { 'pyproject.toml': '[tool.poetry.dependencies]\ntorch = "^1.8"\n' },
      'torch',
      '<2',
      'yes',
    ],
    [
      'poetry with a table',
      torch,
      {
        'pyproject.toml':
          '[tool.poetry.dependencies]\ntorch = { version = "~1.8", source = "x" }\n',
      },
      'torch',
      '<1.9',
      'yes',
    ],
    [
      'dependencies of a project',
      keras,
      { 'pyproject.toml': '[project]\nname = "x"\ndependencies = [\n  "keras >=3.0",\n]\n' },
      'keras',
      '>=3',
      'yes',
    ],
    [
      'an optional group',
      torch,
      { 'pyproject.toml': '[project.optional-dependencies]\ngpu = ["torch>=2.1"]\n' },
      'torch',
      '>=2',
      'yes',
    ],
    ['poetry.lock', torch, { 'poetry.lock': lock('torch', '1.12.1') }, 'torch', '<1.13', 'yes'],
    [
      'a lock before a wish',
      keras,
      {
        'uv.lock': lock('keras', '3.4.1'),
        'pyproject.toml': '[project]\ndependencies = ["keras>=2"]\n',
      },
      'keras',
      '>=3',
      'yes',
    ],
    [
      'Pipfile.lock',
      tfKeras,
      {
        'Pipfile.lock':
          '{"default": {"tensorflow": {"hashes": ["sha256:0"], "index": "pypi", "version": "==2.3.0"}}}',
      },
      'keras',
      '>=3',
      'no',
    ],
    ['Pipfile', torch, { Pipfile: '[packages]\ntorch = "==1.4.0"\n' }, 'torch', '<1.13', 'yes'],
    [
      'setup.py',
      tfKeras,
      {
        'setup.py':
          'from setuptools import setup\nsetup(name="x", install_requires=["tensorflow>=1.4,<2"])\n',
      },
      'tensorflow',
      '<2',
      'yes',
    ],
    [
      'setup.cfg',
      torch,
      { 'setup.cfg': '[options]\ninstall_requires =\n    numpy\n    torch>=2.0\n' },
      'torch',
      '>=2',
      'yes',
    ],
    [
      'environment.yml',
      torch,
      {
        'environment.yml':
          'name: x\ndependencies:\n  - python=3.7\n  - pytorch=1.7.1=py3.7_cuda10\n',
      },
      'torch',
      '<1.13',
      'yes',
    ],
    [
      'pip in environment.yml',
      tfKeras,
      { 'environment.yml': 'dependencies:\n  - pip:\n    - tensorflow==2.16.1\n' },
      'keras',
      '>=3',
      'yes',
    ],
    [
      "conda's exact build",
      torch,
      { 'environment.yaml': 'dependencies:\n- conda-forge::pytorch==1.4\n' },
      'torch',
      '<1.13',
      'yes',
    ],
    [
      'TensorFlow before 2.16',
      tfKeras,
      { 'requirements.txt': 'tensorflow==2.15.0' },
      'keras',
      '>=3',
      'no',
    ],
    [
      'TensorFlow of old',
      tfKeras,
      { 'requirements.txt': 'tensorflow-gpu==1.12' },
      'keras',
      '<2.3',
      'yes',
    ],
    [
      'the keras beside TensorFlow',
      keras,
      { 'requirements.txt': 'tensorflow==2.12' },
      'keras',
      '>=3',
      'no',
    ],
    [
      'another keras than that',
      keras,
      { 'requirements.txt': 'tensorflow==2.15\nkeras>=3' },
      'keras',
      '>=3',
      'yes',
    ],
    [
      'tf_keras',
      'import tf_keras\n',
      { 'requirements.txt': 'tensorflow>=2.16' },
      'keras',
      '>=3',
      'no',
    ],
    ['keras.ops', 'from keras import ops\nimport keras\n', {}, 'keras', '>=3', 'yes'],
    ['the attribute ops', 'import keras\nx = keras.ops.sum([1])\n', {}, 'keras', '>=3', 'yes'],
    [
      'a guarded import',
      'import keras\ntry:\n    from keras import ops\nexcept ImportError:\n    ops = None\n',
      {},
      'keras',
      '>=3',
      'unknown',
    ],
    [
      'a backend of Keras 3',
      'import os\nos.environ["KERAS_BACKEND"] = "jax"\nimport keras\n',
      {},
      'keras',
      '>=3',
      'yes',
    ],
    [
      'every backend',
      'import os\nos.environ.setdefault("KERAS_BACKEND", "tensorflow")\nimport keras\n',
      {},
      'keras',
      '>=3',
      'unknown',
    ],
    [
      'a backend of old',
      'import os\nos.environ.update(KERAS_BACKEND="theano")\nimport keras\n',
      {},
      'keras',
      '>=3',
      'no',
    ],
    [
      'TF_USE_LEGACY_KERAS',
      `import os\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n${tfKeras}`,
      { 'requirements.txt': 'tensorflow==2.17' },
      'keras',
      '>=3',
      'no',
    ],
    [
      'contrib',
      'import tensorflow as tf\nx = tf.contrib.rnn.LSTMCell(3)\n',
      {},
      'tensorflow',
      '<2',
      'yes',
    ],
    [
      'an import of contrib',
      'import tensorflow.contrib.slim as slim\n',
      {},
      'tensorflow',
      '<2',
      'yes',
    ],
    ['a session', 'import tensorflow as tf\ns = tf.Session()\n', {}, 'tensorflow', '<2', 'yes'],
    [
      'a session of compat',
      'import tensorflow.compat.v1 as tf\ns = tf.Session()\n',
      {},
      'tensorflow',
      '<2',
      'unknown',
    ],
    [
      'places that disagree',
      'import tensorflow as tf\ns = tf.Session()\n',
      { 'requirements.txt': 'tensorflow==2.4' },
      'tensorflow',
      '<2',
      'unknown',
    ],
    [
      'text that is no file of its kind',
      torch,
      {
        'pyproject.toml': '[[[',
        'uv.lock': '\0',
        'environment.yml': '- -\n',
        'requirements.txt': '-r\n===\n',
      },
      'torch',
      '>=2',
      'unknown',
    ],
  ])('reads %s', (_, text, files, framework, range, answer) => {
    expect(ask({ files: { 'train.py': text, ...files } }, framework, range).answer).toBe(answer);
  });

  it('takes the nearest manifest that names the framework', () => {
    const files = {
      'requirements.txt': 'torch==1.4',
      'new/requirements.txt': 'torch==2.1',
      'new/sub/requirements.txt': 'numpy',
      'new/sub/train.py': torch,
      'old/train.py': torch,
    };
    expect(ask({ files, at: 'new/sub/train.py' }, 'torch', '>=2').answer).toBe('yes');
    expect(ask({ files, at: 'old/train.py' }, 'torch', '>=2').answer).toBe('no');
  });

  it('looks above the folder that was opened', () => {
    const files = { '../requirements.txt': 'torch==2.1', 'train.py': torch };
    expect(ask({ files }, 'torch', '>=2').answer).toBe('yes');
  });

  it('believes the configuration before all else, and has no place for it', () => {
    const files = { 'requirements.txt': 'keras==3.3', 'train.py': keras };
    const said = ask({ files, pins: { keras: '2' } }, 'keras', '>=3');
    expect(said).toEqual({
      answer: 'no',
      because: [{ text: 'The configuration says keras 2', site: undefined }],
    });
  });

  it('says where it is said', () => {
    const files = { 'requirements.txt': 'numpy\ntensorflow==2.16.1\n', 'train.py': tfKeras };
    expect(ask({ files }, 'keras', '>=3').because).toEqual([
      {
        text: 'Asked for here: `tensorflow==2.16.1`',
        site: { path: 'requirements.txt', range: { start: 6, end: 24 } },
      },
    ]);
  });

  it('hears of a setting in the script that imports the module', () => {
    const files = {
      'requirements.txt': 'tensorflow==2.17',
      'main.py': 'import os\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\nimport train\nimport torch\n',
      'train.py': tfKeras,
    };
    expect(ask({ files }, 'keras', '>=3').answer).toBe('no');
  });

  it.each([
    ['!pip install -q tensorflow==2.15 keras', 'no'],
    ['%pip install "tensorflow>=2.16"', 'yes'],
    ['  !{sys.executable} -m pip install tensorflow==2.18.0', 'yes'],
    ['%%bash\npip install tensorflow==2.9', 'no'],
    ['%tensorflow_version 1.x', 'no'],
    ['# !pip install tensorflow==2.15', 'unknown'],
  ])('reads %j in a notebook', (command, answer) => {
    const cells = [command, `${tfKeras}# bn-guard`].map((source) => ({
      cell_type: 'code',
      source,
    }));
    const files = { 'train.ipynb': JSON.stringify({ cells, nbformat: 4 }) };
    expect(ask({ files, at: 'train.ipynb' }, 'keras', '>=3').answer).toBe(answer);
  });
});

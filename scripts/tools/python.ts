// A Python with the frameworks that oracle tests compare with.
import { join } from 'node:path';
import { cachedFolder } from './cacheFolder.ts';
import { findCommand, runCommand, runDownload } from './command.ts';

/** Changing the list makes a new environment. */
const packages = [
  'torch',
  'tensorflow-cpu',
  'keras',
  'flax',
  'scikit-learn',
  // scikit-learn's photographs, and what our own decoding of pictures is held against.
  'pillow',
  // Our comments stand in files that it checks as well.
  'ruff',
  'onnx',
  'onnxscript',
  'onnxruntime',
];

/** Where PyTorch's wheels without CUDA are; the ordinary index is asked as well. */
const cpuWheels = ['--extra-index-url', 'https://download.pytorch.org/whl/cpu'];

export type PythonSearch = { readonly executable: string } | { readonly unavailable: string };

/** BN_GUARD_PYTHON when it is set, else an environment in the cache folder, made on the first call. */
export async function pythonWithFrameworks(): Promise<PythonSearch> {
  const given = process.env['BN_GUARD_PYTHON'];
  if (given !== undefined) return { executable: given };
  try {
    const folder = await cachedFolder(`python-${packages.join('-')}`, buildEnvironment);
    return { executable: join(folder, ...executableInEnvironment) };
  } catch (error) {
    return { unavailable: `the Python frameworks could not be installed (${String(error)})` };
  }
}

const executableInEnvironment =
  process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];

async function buildEnvironment(folder: string): Promise<void> {
  const python = await findCommand('python3', 'python');
  if (python === undefined) throw new Error('python3 is not on PATH');
  console.log(`Installing ${packages.join(', ')} for the oracle tests: once, some minutes …`);
  await runCommand(python, ['-m', 'venv', folder]);
  const executable = join(folder, ...executableInEnvironment);
  // Without --retries 0 every name that an index does not know costs a minute.
  const quick = ['-m', 'pip', 'install', '--retries', '0'];
  await runDownload(executable, [...quick, ...cpuWheels, ...packages]);
}

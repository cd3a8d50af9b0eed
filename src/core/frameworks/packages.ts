/** Packages that are known well enough to say what they do not do. */

/** They neither change lists they are given nor build models of their own. */
const plainPackages = new Set(
  (
    'builtins abc argparse array ast base64 bisect collections concurrent configparser contextlib copy csv ' +
    'ctypes dataclasses datetime decimal enum errno fnmatch fractions functools gc getopt getpass glob gzip ' +
    'hashlib heapq importlib inspect io itertools json locale logging math multiprocessing operator os pathlib ' +
    'pickle cPickle platform pprint queue random re shutil signal six socket string struct subprocess sys tarfile ' +
    'tempfile textwrap threading time timeit traceback types typing unittest urllib urllib2 uuid warnings weakref ' +
    'xml zipfile zlib __future__ numpy scipy pandas matplotlib PIL cv2 skimage sklearn h5py tqdm yaml requests ' +
    'tensorflow torch torchvision keras jax flax tensorboardX absl imageio seaborn nibabel sacred easydict ' +
    'slim horovod apex peft wandb psutil termcolor prettytable joblib hydra click typer contextlib2'
  ).split(' '),
);

export function isPlainPackage(name: string): boolean {
  const end = name.indexOf('.');
  return plainPackages.has(end < 0 ? name : name.slice(0, end));
}

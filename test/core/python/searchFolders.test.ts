import { expect, it } from 'vitest';
import { searchFoldersIn } from '../../../src/core/python/searchFolders';

it.each([
  ["sys.path.append('../lib')", ['../lib']],
  ['sys.path.insert(0, "./nets/")', ['nets']],
  ["sys.path.append(os.path.join(ROOT, 'a', 'b'))", ['a/b']],
  ["sys.path.extend(['a'])", ['a']],
  ['sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))', ['..']],
  ['sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "lib"))', ['../lib']],
  ['sys.path.insert(1, str(Path(__file__).parents[2]))', ['../..']],
  ["sys.path.append(os.path.join(os.path.dirname(__file__), os.pardir, 'lib'))", ['../lib']],
  ["sys.path.append('..')\nsys.path.append('..')", ['..']],
  ["sys.path += ['lib']", ['lib']],
  ["sys.path = ['lib'] + sys.path", ['lib']],
  // Nobody knows, or it is outside the project.
  ["sys.path.append('/opt/lib')", []],
  ["sys.path.append('~/lib')", []],
  ["sys.path.append(r'C:\\lib')", []],
  ['sys.path.append(root)', []],
  ["print(sys.path, 'lib')", []],
  ["path.append('lib')", []],
  ["sys.path.append('lib'", ['lib']],
])('%s', (text, folders) => {
  expect(searchFoldersIn(text)).toEqual(folders);
});

const { builtinModules } = require('node:module');

/**
 * Who may import whom. One row per layer: a layer may import itself and what its row names.
 * Change a row only together with docs/architecture.md.
 */
const core = (...folders) => folders.map((folder) => `src/core/${folder}`);
const analysis = core('base', 'python', 'semantics', 'frameworks', 'training', 'project');
const mayImport = {
  'src/core/base': [],
  'src/core/python': core('base'),
  'src/core/notebook': core('base'),
  'src/core/frameworks': core('base'),
  'src/core/semantics': core('base', 'python'),
  'src/core/training': core('base', 'python', 'semantics', 'frameworks'),
  'src/core/project': core('base', 'python', 'semantics', 'frameworks', 'training'),
  'src/core/fixes': core('base', 'python', 'semantics'),
  'src/core/rules': [...analysis, ...core('fixes')],
  'src/core/engine': [...analysis, ...core('notebook', 'fixes', 'rules')],
  'src/core/tensors': core('base'),
  'src/core/stats': core('base'),
  'src/core/onnx': core('base', 'tensors', 'stats'),
  'src/core/report': core('base', 'fixes', 'rules', 'engine', 'onnx', 'stats'),
  'src/protocol': core('base'),
  'src/files': core('base'),
  'src/platform': [...core('base'), 'src/files', 'src/protocol'],
  'src/server': ['src/core', 'src/protocol', 'src/files', 'src/platform'],
  'src/cli': ['src/core', 'src/protocol', 'src/files', 'src/platform'],
  'src/runtime': [...core('base', 'onnx', 'tensors', 'stats'), 'src/protocol', 'src/platform'],
  'src/client': [...core('base'), 'src/protocol', 'src/platform'],
  webview: [...core('base', 'stats'), 'src/protocol'],
};

/** Packages that exactly one place may touch. */
const ownedPackages = {
  vscode: 'src/client/',
  'vscode-languageclient': 'src/client/',
  'vscode-languageserver': 'src/server/',
  'onnxruntime-node': 'src/runtime/',
  'onnxruntime-web': 'src/runtime/',
  '@jsquash/jpeg': 'src/runtime/',
  'fast-png': 'src/runtime/',
  'web-tree-sitter': 'src/core/python/',
  fflate: 'src/core/tensors/',
  commander: 'src/cli/',
  uplot: 'webview/onnx/chart.ts',
  '@vscode/webview-ui-toolkit': 'webview/onnx/controls.ts',
};

/** What runs where there is no Node. */
const browserEntries = [
  '^src/client/webExtension\\.ts$',
  '^src/server/worker\\.ts$',
  '^src/runtime/web/main\\.ts$',
];
const nodeModules = `^(node:)?(${builtinModules.join('|')})$`;

const layerRules = Object.entries(mayImport).map(([layer, allowed]) => ({
  name: `layer ${layer}`,
  severity: 'error',
  from: { path: `^${layer}/` },
  to: { path: '^(src|webview|test)/', pathNot: [layer, ...allowed].map((folder) => `^${folder}/`) },
}));

const packageRules = Object.entries(ownedPackages).map(([name, owner]) => ({
  name: `only ${owner} imports ${name}`,
  severity: 'error',
  from: { path: '^(src|webview)/', pathNot: `^${owner}` },
  to: { path: [`^node_modules/${name}/`, `^node_modules/@types/${name}/`, `^${name}$`] },
}));

module.exports = {
  forbidden: [
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no rule imports another rule',
      severity: 'error',
      from: { path: '^src/core/rules/(bn\\d+)[^/]*/' },
      to: { path: '^src/core/rules/bn\\d+', pathNot: '^src/core/rules/$1' },
    },
    {
      name: 'core stays pure',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only src/runtime/node is on a machine with Node',
      severity: 'error',
      from: { path: '^src/runtime/', pathNot: '^src/runtime/node/' },
      to: { path: '^src/(platform|runtime/node)/' },
    },
    {
      name: 'nothing of Node is reached in a browser',
      severity: 'error',
      from: { path: browserEntries },
      to: { path: ['^src/platform/', nodeModules], reachable: true },
    },
    {
      name: 'every folder has a row',
      severity: 'error',
      from: {
        path: '^(src|webview)/',
        pathNot: Object.keys(mayImport).map((layer) => `^${layer}/`),
      },
      to: {},
    },
    ...layerRules,
    ...packageRules,
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out)/' },
  },
};

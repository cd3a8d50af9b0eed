// Runs every gate in the order that fails fastest, and says how long each took.
import { spawnSync } from 'node:child_process';

const gates = [
  'format:check',
  'typecheck',
  'lint',
  'layers',
  'unused',
  'build',
  'unit',
  'generate:check',
];
const started = Date.now();

for (const gate of gates) {
  const gateStarted = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', gate], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`verify: "npm run ${gate}" failed`);
    process.exit(1);
  }
  console.log(`verify: ${gate} ${((Date.now() - gateStarted) / 1000).toFixed(1)} s`);
}
console.log(`verify: all gates passed in ${((Date.now() - started) / 1000).toFixed(1)} s`);

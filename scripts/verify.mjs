// Runs every gate, on two lanes at once, and says how long each took. Stops at the first failure.
import { spawn } from 'node:child_process';

const lanes = [
  ['format:check', 'typecheck', 'lint'],
  ['build', 'generate:check', 'unit', 'layers', 'unused'],
];
const started = Date.now();
let hasFailed = false;

await Promise.all(lanes.map(runLane));
if (hasFailed) {
  process.exit(1);
}
console.log(`verify: all gates passed in ${secondsSince(started)} s`);

async function runLane(gates) {
  for (const gate of gates) {
    if (hasFailed) {
      return;
    }
    const gateStarted = Date.now();
    const { status, output } = await runGate(gate);
    if (status === 0) {
      console.log(`verify: ${gate} ${secondsSince(gateStarted)} s`);
    } else {
      hasFailed = true;
      console.error(`${output}\nverify: "npm run ${gate}" failed`);
    }
  }
}

/** What a gate prints is shown when it fails; two at once would mix their lines. */
function runGate(gate) {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', gate], { shell: process.platform === 'win32' });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (status) => {
      resolve({ status, output });
    });
  });
}

function secondsSince(start) {
  return ((Date.now() - start) / 1000).toFixed(1);
}

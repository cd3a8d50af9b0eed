// Runs the named parts, or all, and ends with the sum of their tests.
import { reportOf, type PartReport } from './part.ts';
import { buildBundles, parts } from './parts.ts';
import { sumOf, summaryOf } from './summary.ts';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  const known = parts.map(({ name }) => name).join(', ');
  console.error(`There is no part "${unknown.join('", "')}"; the parts are ${known}.`);
  process.exit(2);
}

await buildBundles();
const reports: PartReport[] = [];
for (const part of parts) {
  if (names.length === 0 || names.includes(part.name)) reports.push(await reportOf(part));
}

console.log('\n━━ Summary\n');
console.log(summaryOf(reports).join('\n'));
process.exit(sumOf(reports).failed === 0 ? 0 : 1);

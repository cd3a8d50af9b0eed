/** Where a report goes: the terminal or a file. */

import { resolve } from 'node:path';
import { type ScanReport, plural } from '../../core/report/scanReport';
import { scanFormats } from '../../core/report/scanFormats';
import { problemLines, statisticsOf } from '../../core/report/text';
import { CommandFailure } from '../exit';
import { writeOutput } from '../output';
import type { ScanArguments } from './arguments';
import type { ScanHost } from './host';

export async function publish(
  report: ScanReport,
  args: ScanArguments,
  host: ScanHost,
): Promise<void> {
  const { terminal, tool, cwd } = host;
  const format = scanFormats[args.format];
  if (format === undefined) {
    throw new CommandFailure(`There is no format '${args.format}'.`);
  }
  if (!format.carriesProblems || args.outputFile !== undefined) {
    for (const line of problemLines(report)) {
      terminal.note(`bn-guard: ${line}`);
    }
  }
  const isCount = args.statistics === true && args.format === 'text';
  const text = isCount
    ? statisticsOf(report, terminal.paint)
    : format.print(report, { tool, style: terminal });
  if (args.outputFile === undefined) {
    terminal.out(text);
    return;
  }
  await writeOutput(resolve(cwd, args.outputFile), text);
  terminal.note(`Wrote ${plural(report.findings.length, 'finding')} to ${args.outputFile}.`);
}

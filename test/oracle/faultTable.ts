/** Runs the engine on every model with a known fault, and counts what it calls it. */

import { join } from 'node:path';
import type { VerdictDto } from '../../src/protocol/modelReport';
import { nodeMachine } from '../../src/runtime/node/machine';
import { observe } from '../../src/runtime/observe';

/** One model with one kind of samples; written by `models/make_faults.py`. */
export interface FaultCase {
  readonly network: string;
  readonly fault: string;
  readonly model: string;
  readonly input: string;
  /** How many batches of 32 samples there are. */
  readonly batches: number;
  /** Share of test samples that the model answers rightly, in evaluation mode. */
  readonly accuracy: number;
}

export interface FaultManifest {
  readonly cases: readonly FaultCase[];
}

export interface FaultVerdict extends FaultCase {
  readonly batch: number;
  readonly verdict: VerdictDto;
}

export async function judgeAll(
  folder: string,
  { cases }: FaultManifest,
): Promise<readonly FaultVerdict[]> {
  const verdicts: FaultVerdict[] = [];
  for (const each of cases) {
    for (let batch = 0; batch < each.batches; batch++) {
      const place = join(folder, each.network);
      const reply = await observe(
        {
          path: join(place, `${each.model}.onnx`),
          input: { kind: 'file', path: join(place, `${each.input}_${String(batch)}.npy`) },
          passes: ['eval', 'batch'],
        },
        { machine: nodeMachine, report: () => undefined },
      );
      if (!reply.ok) {
        throw new Error(`${each.network}/${each.fault}: ${reply.error.message}`);
      }
      verdicts.push({ ...each, batch, verdict: reply.value.verdict });
    }
  }
  return verdicts;
}

export function isAlarm({ verdict }: FaultVerdict): boolean {
  return verdict.severity === 'error' || verdict.severity === 'warning';
}

/** Share of the verdicts on one fault that fulfil a condition. */
export function shareOf(
  verdicts: readonly FaultVerdict[],
  fault: string,
  condition: (verdict: FaultVerdict) => boolean,
): number {
  const own = verdicts.filter((each) => each.fault === fault);
  return own.length === 0 ? NaN : own.filter(condition).length / own.length;
}

/** A Markdown table: one row per fault, one column per verdict, counts in the cells. */
export function confusionTable(verdicts: readonly FaultVerdict[]): string {
  const kinds = [...new Set(verdicts.map(({ verdict }) => verdict.kind))].sort();
  const rows = [...new Set(verdicts.map(({ fault }) => fault))].map((fault) => {
    const own = verdicts.filter((each) => each.fault === fault);
    const accuracy = own.reduce((sum, each) => sum + each.accuracy, 0) / own.length;
    const counts = kinds.map((kind) => own.filter(({ verdict }) => verdict.kind === kind).length);
    return [
      fault,
      `${(100 * accuracy).toFixed(0)} %`,
      ...counts.map((n) => (n === 0 ? '' : String(n))),
    ];
  });
  const head = ['fault', 'accuracy', ...kinds];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

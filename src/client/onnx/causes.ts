/** Which findings in the code can be why a model has the verdict it has. */

import type { CauseDto } from '../../protocol/onnxPanel';
import type { FlagCodeDto, VerdictKindDto } from '../../protocol/modelReport';
import type { FindingEntry } from '../findings/groups';

/** Statistics that were left behind on the way into the file. */
const lost: readonly VerdictKindDto[] = ['neverLoaded', 'partialRestore', 'mismatched'];
/** Statistics that are there, and of another time or another model. */
const old: readonly VerdictKindDto[] = ['stale', 'mismatched'];
const never: readonly VerdictKindDto[] = ['neverLoaded', 'stale', 'mismatched'];
const training: readonly VerdictKindDto[] = ['trainingMode', 'batchDependent'];

/** What each rule's mistake does to the file; rules that are not here leave no trace in it. */
const verdictsOf: Readonly<Record<string, readonly VerdictKindDto[]>> = {
  BN101: lost,
  BN102: lost,
  BN103: lost,
  BN104: lost,
  BN105: never,
  BN106: never,
  BN107: never,
  BN109: never,
  BN112: training,
  BN113: never,
  BN201: never,
  BN202: never,
  BN206: lost,
  BN209: lost,
  BN210: old,
  BN301: lost,
  BN302: [...lost, 'stale'],
  BN303: [...lost, 'stale'],
  BN304: lost,
  BN305: lost,
  BN307: old,
  BN308: old,
  BN309: old,
  BN311: training,
  BN312: old,
  BN313: training,
  BN314: old,
  BN315: old,
  BN316: lost,
  BN318: old,
  BN320: lost,
  BN321: [...lost, 'permuted'],
  BN322: [...lost, 'stale'],
  BN401: lost,
};

/** What single layers show of a verdict before the model was run. */
const flagsOfVerdict: Partial<Readonly<Record<VerdictKindDto, readonly FlagCodeDto[]>>> = {
  neverLoaded: ['S1'],
  partialRestore: ['S1'],
  trainingMode: ['S8', 'S9'],
};

/** What a layer shows when the mistake of a rule has touched it. */
export function flagsLeftBy(rule: string): readonly FlagCodeDto[] {
  const verdicts = verdictsOf[rule] ?? [];
  return [...new Set(verdicts.flatMap((verdict) => flagsOfVerdict[verdict] ?? []))];
}

/** Rules that can be a cause. */
export const causingRules: readonly string[] = Object.keys(verdictsOf);

/** At most so many, because a panel is no list of problems. */
const limit = 20;

/**
 * The gravest first, but before them those of the rule that the panel was opened for: of the few that a
 * layer shows, one has to lead back.
 */
export function causesAmong(
  findings: readonly FindingEntry[],
  followed?: string,
): readonly CauseDto[] {
  const rank = ({ rule, severity }: FindingEntry): number => (rule === followed ? -1 : severity);
  return findings
    .flatMap((finding) => {
      const verdicts = verdictsOf[finding.rule] ?? [];
      return verdicts.length === 0 ? [] : [{ ...finding, verdicts }];
    })
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, limit)
    .map(({ rule, message, path, uri, line0, verdicts }) => {
      const flags = flagsLeftBy(rule);
      return { rule, message, path, uri, line0, verdicts, flags };
    });
}

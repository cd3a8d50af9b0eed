/** Which versions of the frameworks a module can run under, why, and where it says so. */

import {
  type VersionedFramework,
  legacyKeras,
  versionedFrameworks,
} from '../../frameworks/releases';
import type { Known, Site } from '../../semantics/value';
import { type VersionRanges, candidatesOf } from './candidates';
import type { VersionStatement } from './environment';

/** One reason for an answer. */
export interface VersionReason {
  /** For people, without a final period. */
  readonly text: string;
  /** `undefined` when the user's settings say it. */
  readonly site: Site | undefined;
}

export interface VersionAnswer {
  readonly answer: Known;
  /** What decided; when the answer is unknown, what was said and was not enough. */
  readonly because: readonly VersionReason[];
}

/** The package through which a module reaches Keras: `tf.keras`, `keras` or `tf_keras`. */
export type KerasRoute = 'tensorflow' | 'package' | 'legacy';

/** All that is said about the versions one module runs under. */
export interface VersionSources {
  /**
   * Groups that all hold: within a group any statement may, as when two requirement files are
   * meant for different machines.
   */
  readonly groups: readonly (readonly VersionStatement[])[];
  readonly kerasRoutes: readonly KerasRoute[];
  /** Why `tf.keras` is the package `tf_keras`. */
  readonly legacy: VersionReason | undefined;
}

export interface FrameworkVersions {
  /**
   * Whether the module runs under a version in the range: `yes` when it runs under no other, `no`
   * when it runs under none of these, `unknown` when nothing says, or when places disagree.
   *
   * `keras` means what the module gets Keras from, be it `tf.keras`, `keras` or `tf_keras`.
   *
   * @param range as requirements write it, like `>=3` or `>=1.4,<2`
   */
  runsUnder(framework: VersionedFramework, range: string): VersionAnswer;
}

/** @param read called when the first question is asked */
export function frameworkVersions(
  read: () => VersionSources,
  ranges: VersionRanges,
): FrameworkVersions {
  const answers = new Map<string, VersionAnswer>();
  let sources: VersionSources | undefined;
  return {
    runsUnder(framework, range) {
      const key = `${framework} ${range}`;
      sources ??= read();
      const answer = answers.get(key) ?? answerTo({ framework, range }, sources, ranges);
      answers.set(key, answer);
      return answer;
    },
  };
}

interface Question {
  readonly framework: VersionedFramework;
  readonly range: string;
}

function answerTo(
  { framework, range }: Question,
  sources: VersionSources,
  ranges: VersionRanges,
): VersionAnswer {
  const versions =
    framework === 'keras'
      ? kerasVersions(sources, range, ranges)
      : packageVersions({ framework, range }, sources, ranges);
  const within = versions.filter((version) => ranges.isIn(version, range)).length;
  const because = reasonsFor(framework, sources);
  if (versions.length === 0 || (within > 0 && within < versions.length)) {
    return { answer: 'unknown', because };
  }
  return { answer: within > 0 ? 'yes' : 'no', because };
}

/** None when places disagree. */
function packageVersions(
  { framework, range }: Question,
  { groups }: VersionSources,
  ranges: VersionRanges,
): readonly string[] {
  const own = groups.map((group) => group.filter((statement) => statement.framework === framework));
  const written = own.flat().flatMap((statement) => statement.ranges);
  let versions = candidatesOf(framework, [...written, range]);
  for (const group of own) {
    if (group.length > 0) {
      const allowed = new Set(group.flatMap((statement) => ranges.allowedBy(statement, versions)));
      versions = versions.filter((version) => allowed.has(version));
    }
  }
  return versions;
}

function kerasVersions(
  sources: VersionSources,
  range: string,
  ranges: VersionRanges,
): readonly string[] {
  const hosts = packageVersions({ framework: 'tensorflow', range: '' }, sources, ranges);
  const wished = packageVersions({ framework: 'keras', range }, sources, ranges);
  const fitting = ranges.besideTensorFlow(hosts, wished);
  // Who asks for another Keras than TensorFlow brings gets it, and runs it elsewhere.
  const beside = fitting.length > 0 ? fitting : wished;
  const fittingHosts = hosts.filter((host) => ranges.besideTensorFlow([host], wished).length > 0);
  const tensorflow = fittingHosts.length > 0 ? fittingHosts : hosts;
  const legacy = candidatesOf('keras', [range]).filter((version) =>
    ranges.isIn(version, legacyKeras),
  );
  const inside = sources.legacy ? legacy : ranges.insideTensorFlow(tensorflow, beside);
  const byRoute = { tensorflow: inside, package: beside, legacy };
  return [...new Set(sources.kerasRoutes.flatMap((route) => byRoute[route]))];
}

/** More reasons than this help nobody. */
const maxReasons = 3;

function reasonsFor(
  framework: VersionedFramework,
  { groups, legacy }: VersionSources,
): readonly VersionReason[] {
  const related: readonly VersionedFramework[] =
    framework === 'keras' ? ['keras', 'tensorflow'] : [framework];
  const said = versionedFrameworks
    .filter((own) => related.includes(own))
    .flatMap((own) => groups.flat().filter((statement) => statement.framework === own))
    .filter(({ ranges }) => ranges.length > 0);
  const first = framework === 'keras' && legacy ? [legacy] : [];
  return [...first, ...said].slice(0, maxReasons).map(({ text, site }) => ({ text, site }));
}

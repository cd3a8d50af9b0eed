/** One wish for a package, as the many files write it. */

import { validRange } from '@renovatebot/pep440';
import { type VersionedFramework, frameworkOfDistribution } from '../../frameworks/releases';

export interface Requirement {
  readonly framework: VersionedFramework;
  /** As written, for messages. */
  readonly written: string;
  /** Ranges any of which may hold; none when every version is fine, or nobody could read it. */
  readonly ranges: readonly string[];
}

const requirement =
  /^\s*(?:[\w.-]+::)?(?<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?<rest>(?:\(|@|[<>=!~]|$).*)/s;

/** Reads `tensorflow-gpu[x]>=1.4,<2; python_version<"3.8"`, `pytorch=1.7=py38`, a wheel's address. */
export function readRequirement(text: string): Requirement | undefined {
  const [wish = ''] = text.split(/\s*;|\s+#|\s+--|\s*\\/);
  const { name = '', rest = '' } = requirement.exec(wish)?.groups ?? {};
  if (name === '' || rest.startsWith('@') || /^\s*https?:/.test(wish)) {
    return readWheel(wish);
  }
  const framework = frameworkOfDistribution(name);
  const ranges = rangesOf(rest.replace(/[()]/g, ''));
  return framework && { framework, written: wish.trim(), ranges };
}

/** `https://…/torch-1.11.0%2Bcu113-cp38-….whl`. */
function readWheel(text: string): Requirement | undefined {
  const file = /\/(?<name>\w+)-(?<version>\d[\d.]*)[^/]*\.whl/.exec(text)?.groups;
  const framework = frameworkOfDistribution(file?.['name'] ?? '');
  const version = file?.['version'] ?? '';
  return framework && { framework, written: `${framework} ${version}`, ranges: [`==${version}`] };
}

/** Reads a version as tables write it: `^2.3`, `~2.3`, `2.3.*`, `>=2,<3 || >=4`. */
export function readTableVersion(framework: VersionedFramework, version: string): Requirement {
  const written = `${framework} ${version}`;
  const ranges = version.split(/\s*\|\|?\s*/).map((part) => part.split(/\s*,\s*/).map(plainRange));
  const joined = ranges.map((parts) => parts.filter((part) => part !== '').join(','));
  return { framework, written, ranges: joined.includes('') ? [] : joined.flatMap(rangesOf) };
}

/** `^` keeps the first number that is not zero; `~` keeps the first two. */
function plainRange(part: string): string {
  const { sign = '', version = '' } =
    /^(?<sign>\^|~(?!=))\s*v?(?<version>[\d.]+)/.exec(part)?.groups ?? {};
  const numbers = version.split('.').map(Number);
  if (sign !== '') {
    const firstSet = numbers.findIndex((number) => number > 0);
    const kept = sign === '^' ? Math.max(0, firstSet) : Math.min(1, numbers.length - 1);
    return `>=${version},<${numbers
      .slice(0, kept + 1)
      .map((number, index) => (index === kept ? number + 1 : number))
      .join('.')}`;
  }
  if (part === '*' || part === '') {
    return '';
  }
  return /^\d/.test(part) ? `==${part}` : part;
}

/** What the setting of a user means: a version alone stands for all that begin with it. */
export function readPin(framework: VersionedFramework, pin: string): Requirement {
  const range = /^\s*\d[\d.]*\s*$/.test(pin) ? `==${pin.trim()}.*` : pin;
  return { framework, written: `${framework} ${pin}`, ranges: rangesOf(range) };
}

/** Whether a setting can be read. */
export function isPin(pin: string): boolean {
  return readPin('keras', pin).ranges.length > 0;
}

/**
 * What a range asks for, in the words of PEP 440 and without local and preliminary parts: whether
 * it is a release candidate says nothing about the framework's behaviour.
 */
function rangesOf(written: string): readonly string[] {
  const parts = written
    .split(',')
    .map((part) => part.trim().replace(/\s+/g, ''))
    .filter((part) => part !== '')
    .map(fromConda)
    .map((part) =>
      part
        .replace(/\+[\w.]+$/, '')
        .replace(/(\d)[-_.]?(?:a|b|c|rc|alpha|beta|pre|dev)[-_.]?\d*$/i, '$1'),
    );
  const range = parts.join(',');
  return range !== '' && validRange(range) ? [range] : [];
}

/** Conda's `=1.7` fits all that begin with it, and may name a build: `=1.7.1=py38_0`. */
function fromConda(part: string): string {
  const fuzzy = /^=(?<version>\d[\w.]*)(?:\.\*|\*)?(?:=.*)?$/.exec(part)?.groups?.['version'];
  const exact = /^(?<range>==\d[\w.]*)=.*$/.exec(part)?.groups?.['range'];
  return fuzzy === undefined ? (exact ?? part) : `==${fuzzy}.*`;
}

/** Sets of versions, by the releases that are in them. */

import { satisfies } from '@renovatebot/pep440';
import {
  type VersionedFramework,
  kerasBeside,
  kerasInside,
  releases,
} from '../../frameworks/releases';
import type { VersionStatement } from './environment';

/** The versions that are looked at: all releases, and whatever version somebody wrote down. */
export function candidatesOf(
  framework: VersionedFramework,
  ranges: readonly string[],
): readonly string[] {
  const written = ranges.flatMap((range) => range.match(/\d+(?:\.\d+)*/g) ?? []);
  return [...new Set([...releases[framework], ...written])];
}

/** Which versions are in which ranges; asked over and over for the same few, so answers are kept. */
export class VersionRanges {
  readonly #known = new Map<string, boolean>();

  isIn(version: string, range: string): boolean {
    const key = `${version} ${range}`;
    const known = this.#known.get(key) ?? satisfies(version, range, { prereleases: true });
    this.#known.set(key, known);
    return known;
  }

  /** Those that the statement allows. */
  allowedBy(
    { ranges }: Pick<VersionStatement, 'ranges'>,
    versions: readonly string[],
  ): readonly string[] {
    return ranges.length === 0
      ? versions
      : versions.filter((version) => ranges.some((range) => this.isIn(version, range)));
  }

  /** Versions of `tf.keras` under these versions of TensorFlow, the package `keras` being what it may. */
  insideTensorFlow(tensorflow: readonly string[], keras: readonly string[]): readonly string[] {
    return releases.keras.concat(keras).filter((version) => {
      const hosts = tensorflow.filter((host) => this.isIn(version, kerasInside(host)));
      const isOwn = hosts.some((host) => !this.isIn('3.0.0', kerasInside(host)));
      return isOwn || (hosts.length > 0 && keras.includes(version));
    });
  }

  /** Of these versions of the package `keras`, those that go with one of TensorFlow's. */
  besideTensorFlow(tensorflow: readonly string[], keras: readonly string[]): readonly string[] {
    return keras.filter((version) =>
      tensorflow.some((host) => this.isIn(version, kerasBeside(host))),
    );
  }
}

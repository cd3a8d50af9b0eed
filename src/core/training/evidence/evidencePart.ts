import { architectureEvidence, normEvidenceOf } from '../../frameworks/batchNorm';
import { isPlainPackage } from '../../frameworks/packages';
import type { LibraryCall } from '../../semantics/library';
import { type Site, textOf } from '../../semantics/value';
import type { FrameworkPart } from '../frameworkPart';
import { batchNormMode, putsStatisticsAmongTrainable } from './batchNormCalls';
import type { BatchNormCall, EvidenceFacts, NormMention } from './facts';

/** Listens for everything that says whether a model has BatchNorm; never answers. */
export class EvidencePart implements FrameworkPart {
  readonly #mentions: NormMention[] = [];
  readonly #batchNormCalls: BatchNormCall[] = [];
  readonly #unknownImports: string[] = [];
  /** One site is enough for each name. */
  readonly #heard = new Set<string>();
  #slimMention: Site | undefined;

  get facts(): EvidenceFacts {
    return {
      mentions: this.#mentions,
      batchNormCalls: this.#batchNormCalls,
      slimMention: this.#slimMention,
      unknownImports: this.#unknownImports,
    };
  }

  callExternal(name: string, call: LibraryCall): undefined {
    for (const key of ['scope', 0, 1]) {
      const { positional, keywords } = call.args;
      const text = textOf(typeof key === 'number' ? positional[key] : keywords.get(key));
      const site = call.argumentSites.get(key);
      if (text !== undefined && site !== undefined) {
        this.#mentionText(text, site);
      }
    }
    const hasTrainableStatistics = putsStatisticsAmongTrainable(call);
    if (normEvidenceOf(name) === 'batchNorm' || hasTrainableStatistics !== 'no') {
      const mode = batchNormMode(name, call);
      this.#batchNormCalls.push({ name, site: call.site, mode, hasTrainableStatistics });
    }
    return undefined;
  }

  mentioned(name: string, site: Site): void {
    if (this.#heard.has(name)) {
      return;
    }
    this.#heard.add(name);
    const evidence = normEvidenceOf(name);
    if (evidence !== undefined) {
      this.#mentions.push({ evidence, name, site });
    }
    if (/^slim(?:\.|$)/.test(name)) {
      this.#slimMention ??= site;
    } else if (!isPlainPackage(name)) {
      this.#unknownImports.push(name);
    }
  }

  /** Text that names an architecture: a scope, the name of a checkpoint. */
  #mentionText(text: string, site: Site): void {
    const name = /[\w-]+(?:\.\w+)?$/.exec(text)?.[0] ?? '';
    const evidence = architectureEvidence(name);
    if (evidence !== undefined) {
      this.#mentions.push({ evidence, name: text, site });
    }
  }
}

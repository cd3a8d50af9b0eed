import { canonicalName } from '../frameworks/names';
import { isPlainPackage } from '../frameworks/packages';
import type {
  AttributeSet,
  EnteredContext,
  ItemSet,
  Library,
  LibraryCall,
  MemberSet,
} from '../semantics/library';
import type { Machine } from '../semantics/machine';
import type {
  ClassValue,
  Contents,
  FunctionValue,
  Known,
  LibraryObject,
  ObjectValue,
  Site,
  Value,
} from '../semantics/value';
import { EvidencePart } from './evidence/evidencePart';
import type { ProgramFacts } from './facts';
import type { FrameworkPart } from './frameworkPart';
import { FlaxPart } from './flax/flaxPart';
import { KerasPart } from './keras/kerasPart';
import { ModelFilesPart } from './modelFiles/modelFilesPart';
import { TorchPart } from './torch/torchPart';
import { GraphsPart } from './tensorflow1/graphs/graphsPart';
import { TensorFlow1Part } from './tensorflow1/tensorflow1Part';
import { UpdatesPart } from './tensorflow1/updates/updatesPart';
import { VersionsPart } from './versions/versionsPart';

/** What we know about the frameworks, and what one program was seen to do with them. */
export class TrainingLibrary implements Library {
  readonly #canonicalNames = new Map<string, string>();
  readonly #memberNames = new Map<string, Map<string, string>>();
  readonly #evidence = new EvidencePart();
  readonly #flax = new FlaxPart();
  readonly #keras = new KerasPart();
  readonly #tensorflow1 = new TensorFlow1Part();
  readonly #torch = new TorchPart();
  readonly #graphs = new GraphsPart();
  readonly #updates = new UpdatesPart(this.#graphs);
  readonly #versions = new VersionsPart();
  readonly #modelFiles = new ModelFilesPart();
  /** Those that only listen come first; of the others, those that answer for their own things only. */
  readonly #parts: readonly FrameworkPart[] = [
    this.#evidence,
    this.#versions,
    this.#graphs,
    this.#modelFiles,
    this.#updates,
    this.#flax,
    this.#torch,
    this.#keras,
    this.#tensorflow1,
  ];

  get facts(): ProgramFacts {
    return {
      evidence: this.#evidence.facts,
      flax: this.#flax.facts,
      keras: this.#keras.facts,
      tensorflow1: this.#tensorflow1.facts,
      torch: this.#torch.facts,
      updates: this.#updates.facts,
      versions: this.#versions.facts,
      modelFiles: this.#modelFiles.facts,
    };
  }

  begin(machine: Machine, options: { readonly isWholeProgram: boolean }): void {
    this.#tell((part) => part.begin?.(machine, options));
  }

  canonicalName(name: string): string {
    const known = this.#canonicalNames.get(name) ?? canonicalName(name);
    this.#canonicalNames.set(name, known);
    return known;
  }

  // Kept by owner and member: putting a name together to look it up costs more than the rest.
  memberName(owner: string, member: string): string {
    const names = this.#memberNames.get(owner) ?? new Map<string, string>();
    this.#memberNames.set(owner, names);
    const known = names.get(member) ?? this.canonicalName(`${owner}.${member}`);
    names.set(member, known);
    return known;
  }

  isWellBehaved(name: string): boolean {
    return isPlainPackage(name);
  }

  callExternal(name: string, call: LibraryCall): Value | undefined {
    return this.#ask((part) => part.callExternal?.(name, call));
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    return this.#ask((part) => part.callMethod?.(receiver, name, call));
  }

  callObject(receiver: Value, call: LibraryCall): Value | undefined {
    return this.#ask((part) => part.callObject?.(receiver, call));
  }

  callUnknown(call: LibraryCall): Value | undefined {
    return this.#ask((part) => part.callUnknown?.(call));
  }

  attribute(object: LibraryObject, name: string, machine: Machine, site: Site): Value | undefined {
    return this.#ask((part) => part.attribute?.(object, name, machine, site));
  }

  inheritedAttribute(
    object: ObjectValue,
    name: string,
    at: { readonly machine: Machine; readonly site: Site },
  ): Value | undefined {
    return this.#ask((part) => part.inheritedAttribute?.(object, name, at));
  }

  iterate(object: LibraryObject, machine: Machine): Contents | undefined {
    return this.#ask((part) => part.iterate?.(object, machine));
  }

  isSame(a: LibraryObject, b: LibraryObject): boolean | undefined {
    return this.#ask((part) => part.isSame?.(a, b));
  }

  contains(object: LibraryObject, member: Value): boolean | undefined {
    return this.#ask((part) => part.contains?.(object, member));
  }

  matches(object: LibraryObject, pattern: RegExp): boolean | undefined {
    return this.#ask((part) => part.matches?.(object, pattern));
  }

  slice(object: LibraryObject, bounds: readonly (number | undefined)[]): Value | undefined {
    return this.#ask((part) => part.slice?.(object, bounds));
  }

  isInstance(object: LibraryObject, name: string): Known | undefined {
    return this.#ask((part) => part.isInstance?.(object, name));
  }

  enter(context: Value, through: Value | undefined, machine: Machine): EnteredContext | undefined {
    return this.#ask((part) => part.enter?.(context, through, machine));
  }

  attributeSet(object: ObjectValue, name: string, set: AttributeSet): void {
    this.#tell((part) => part.attributeSet?.(object, name, set));
  }

  itemSet(object: LibraryObject, set: ItemSet): void {
    this.#tell((part) => part.itemSet?.(object, set));
  }

  memberSet(object: LibraryObject, name: string, set: MemberSet): void {
    this.#tell((part) => part.memberSet?.(object, name, set));
  }

  item(object: LibraryObject, key: Value, machine: Machine): Value | undefined {
    return this.#ask((part) => part.item?.(object, key, machine));
  }

  operate(left: Value, right: Value, machine: Machine): Value | undefined {
    return this.#ask((part) => part.operate?.(left, right, machine));
  }

  escaped(value: Value, machine: Machine): void {
    this.#tell((part) => part.escaped?.(value, machine));
  }

  partiallyApplied(name: string, call: LibraryCall): void {
    this.#tell((part) => part.partiallyApplied?.(name, call));
  }

  calledAgain(callee: FunctionValue): void {
    this.#tell((part) => part.calledAgain?.(callee));
  }

  notRead(callee: FunctionValue, machine: Machine): void {
    this.#tell((part) => part.notRead?.(callee, machine));
  }

  classDefined(type: ClassValue, machine: Machine): void {
    this.#tell((part) => part.classDefined?.(type, machine));
  }

  objectCreated(object: ObjectValue, machine: Machine): void {
    this.#tell((part) => part.objectCreated?.(object, machine));
  }

  objectReady(object: ObjectValue, machine: Machine): void {
    this.#tell((part) => part.objectReady?.(object, machine));
  }

  mentioned(name: string, site: Site): void {
    this.#tell((part) => part.mentioned?.(name, site));
  }

  #ask<T>(question: (part: FrameworkPart) => T | undefined): T | undefined {
    for (const part of this.#parts) {
      const answer = question(part);
      if (answer !== undefined) {
        return answer;
      }
    }
    return undefined;
  }

  #tell(news: (part: FrameworkPart) => void): void {
    this.#parts.forEach(news);
  }
}

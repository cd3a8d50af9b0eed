import type { Value } from './value';

/** Whether Python would take the value as true; `undefined` when that is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return (
        value.value !== null && value.value !== false && value.value !== 0 && value.value !== ''
      );
    case 'function':
    case 'class':
    case 'module':
    case 'method':
    case 'partial':
      return true;
    case 'union':
      return agreedTruth(value.options.map(truthOf));
    case 'unknown':
    case 'external':
    case 'object':
    case 'collection':
    case 'super':
    case 'library':
      return undefined;
  }
}

/** The one answer all agree on. */
function agreedTruth(answers: readonly (boolean | undefined)[]): boolean | undefined {
  const [first] = answers;
  return answers.every((answer) => answer === first) ? first : undefined;
}

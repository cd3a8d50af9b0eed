import type { FunctionDefinition, Statement } from '../python/nodes';

/** The functions and methods of a block; those inside functions belong to the one around them. */
export function functionsIn(body: readonly Statement[]): readonly FunctionDefinition[] {
  return body.flatMap((statement): readonly FunctionDefinition[] => {
    switch (statement.kind) {
      case 'function':
        return [statement];
      case 'class':
      case 'with':
        return functionsIn(statement.body);
      case 'for':
      case 'while':
      case 'if':
        return functionsIn([...statement.body, ...statement.orElse]);
      case 'try':
        return functionsIn([
          ...statement.body,
          ...statement.handlers.flatMap((handler) => handler.body),
          ...statement.orElse,
          ...statement.finalBody,
        ]);
      default:
        return [];
    }
  });
}

/**
 * Python's syntax as we think about it: statements and expressions with ranges, no tokens.
 *
 * A node is a value. It knows nothing of meaning, and nothing of the parser that made it.
 */

import type { TextRange } from '../base/textRange';

interface NodeBase {
  readonly range: TextRange;
}

export interface Name extends NodeBase {
  readonly kind: 'name';
  readonly id: string;
}

export interface Attribute extends NodeBase {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  /** In `a.b` the range of `b`. */
  readonly nameRange: TextRange;
}

export interface Argument extends NodeBase {
  /** `f(x)`, `f(k=x)`, `f(*x)`, `f(**x)`. */
  readonly kind: 'positional' | 'keyword' | 'star' | 'doubleStar';
  /** Only for `keyword`. */
  readonly name: string | undefined;
  readonly value: Expression;
}

export interface Call extends NodeBase {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
  /** The parentheses and what is between them. */
  readonly argsRange: TextRange;
}

export interface Subscript extends NodeBase {
  readonly kind: 'subscript';
  readonly object: Expression;
  /** One entry per comma: `a[i, j]` has two. */
  readonly indices: readonly Expression[];
}

export interface Slice extends NodeBase {
  readonly kind: 'slice';
  readonly lower: Expression | undefined;
  readonly upper: Expression | undefined;
  readonly step: Expression | undefined;
}

export interface StringLiteral extends NodeBase {
  readonly kind: 'string';
  /** Absent when the text holds replacement fields. */
  readonly value: string | undefined;
  readonly isBytes: boolean;
  /** For an f-string or a concatenation of literals: its pieces in order. */
  readonly parts: readonly Expression[];
}

export interface NumberLiteral extends NodeBase {
  readonly kind: 'number';
  /** `NaN` for imaginary numbers. */
  readonly value: number;
}

export interface ConstantLiteral extends NodeBase {
  readonly kind: 'constant';
  readonly value: true | false | null | 'ellipsis';
}

export interface Sequence extends NodeBase {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly elements: readonly Expression[];
}

export interface DictEntry {
  /** Absent for `**other`. */
  readonly key: Expression | undefined;
  readonly value: Expression;
}

export interface Dict extends NodeBase {
  readonly kind: 'dict';
  readonly entries: readonly DictEntry[];
}

export type ComprehensionClause =
  | { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression }
  | { readonly kind: 'if'; readonly test: Expression };

export interface Comprehension extends NodeBase {
  readonly kind: 'comprehension';
  readonly makes: 'list' | 'set' | 'dict' | 'generator';
  /** Only for `dict`. */
  readonly key: Expression | undefined;
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
}

export interface Parameter extends NodeBase {
  readonly name: string;
  readonly role: 'plain' | 'star' | 'doubleStar';
  readonly isKeywordOnly: boolean;
  readonly defaultValue: Expression | undefined;
  readonly annotation: Expression | undefined;
}

export interface Lambda extends NodeBase {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface BinaryOperation extends NodeBase {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface BooleanOperation extends NodeBase {
  readonly kind: 'boolean';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryOperation extends NodeBase {
  readonly kind: 'unary';
  readonly operator: 'not' | '-' | '+' | '~';
  readonly operand: Expression;
}

export interface Comparison extends NodeBase {
  readonly kind: 'comparison';
  /** `operands` has one entry more than `operators`. */
  readonly operands: readonly Expression[];
  readonly operators: readonly string[];
}

export interface Conditional extends NodeBase {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly consequence: Expression;
  readonly alternative: Expression;
}

export interface NamedExpression extends NodeBase {
  readonly kind: 'walrus';
  readonly target: Name;
  readonly value: Expression;
}

export interface Wrapped extends NodeBase {
  readonly kind: 'await' | 'yield' | 'yieldFrom' | 'starred';
  readonly value: Expression | undefined;
}

/** Something the parser could not make sense of, with what is inside it. */
export interface Unparsed extends NodeBase {
  readonly kind: 'unparsed';
  readonly inside: readonly Expression[];
}

export type Expression =
  | Name
  | Attribute
  | Call
  | Subscript
  | Slice
  | StringLiteral
  | NumberLiteral
  | ConstantLiteral
  | Sequence
  | Dict
  | Comprehension
  | Lambda
  | BinaryOperation
  | BooleanOperation
  | UnaryOperation
  | Comparison
  | Conditional
  | NamedExpression
  | Wrapped
  | Unparsed;

export type Block = readonly Statement[];

export interface ExpressionStatement extends NodeBase {
  readonly kind: 'expression';
  readonly value: Expression;
}

export interface Assignment extends NodeBase {
  readonly kind: 'assign';
  /** `a = b = c` has two. */
  readonly targets: readonly Expression[];
  readonly annotation: Expression | undefined;
  /** Absent for a bare annotation, `x: int`. */
  readonly value: Expression | undefined;
}

export interface AugmentedAssignment extends NodeBase {
  readonly kind: 'augmentedAssign';
  readonly target: Expression;
  /** Without the `=`: `+`, `//`, … */
  readonly operator: string;
  readonly value: Expression;
}

export interface ImportedName {
  readonly name: string;
  readonly alias: string | undefined;
  readonly range: TextRange;
}

export interface Import extends NodeBase {
  readonly kind: 'import';
  readonly names: readonly ImportedName[];
}

export interface ImportFrom extends NodeBase {
  readonly kind: 'importFrom';
  /** Dots before the module: 0 for an absolute import. */
  readonly level: number;
  /** Empty for `from . import x`. */
  readonly module: string;
  readonly names: readonly ImportedName[];
  readonly isStar: boolean;
}

export interface FunctionDefinition extends NodeBase {
  readonly kind: 'function';
  readonly name: string;
  readonly nameRange: TextRange;
  readonly parameters: readonly Parameter[];
  /** From `(` to `)`. */
  readonly parametersRange: TextRange;
  readonly body: Block;
  readonly decorators: readonly Expression[];
  readonly isAsync: boolean;
}

export interface ClassDefinition extends NodeBase {
  readonly kind: 'class';
  readonly name: string;
  readonly nameRange: TextRange;
  readonly bases: readonly Argument[];
  readonly body: Block;
  readonly decorators: readonly Expression[];
}

export interface If extends NodeBase {
  readonly kind: 'if';
  readonly test: Expression;
  readonly body: Block;
  readonly orElse: Block;
}

export interface For extends NodeBase {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: Block;
  readonly orElse: Block;
}

export interface While extends NodeBase {
  readonly kind: 'while';
  readonly test: Expression;
  readonly body: Block;
  readonly orElse: Block;
}

export interface WithItem {
  readonly context: Expression;
  readonly target: Expression | undefined;
}

export interface With extends NodeBase {
  readonly kind: 'with';
  readonly items: readonly WithItem[];
  readonly body: Block;
}

export interface ExceptHandler {
  readonly type: Expression | undefined;
  readonly target: Expression | undefined;
  readonly body: Block;
}

export interface Try extends NodeBase {
  readonly kind: 'try';
  readonly body: Block;
  readonly handlers: readonly ExceptHandler[];
  readonly orElse: Block;
  readonly finalBody: Block;
}

export interface MatchCase {
  /** `any` fits whatever there is, literals one of these; `undefined` for patterns that look inside. */
  readonly fits: 'any' | readonly Expression[] | undefined;
  /** Names the pattern binds. */
  readonly bindings: readonly Name[];
  readonly guard: Expression | undefined;
  readonly body: Block;
}

export interface Match extends NodeBase {
  readonly kind: 'match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}

export interface Return extends NodeBase {
  readonly kind: 'return';
  readonly value: Expression | undefined;
}

/** Statements that only hold expressions. `print` and `exec` are Python 2's. */
export interface PlainStatement extends NodeBase {
  readonly kind: 'raise' | 'assert' | 'delete' | 'print' | 'exec' | 'unparsed';
  readonly values: readonly Expression[];
}

export interface Jump extends NodeBase {
  readonly kind: 'pass' | 'break' | 'continue';
}

export interface NameDeclaration extends NodeBase {
  readonly kind: 'global' | 'nonlocal';
  readonly names: readonly string[];
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | AugmentedAssignment
  | Import
  | ImportFrom
  | FunctionDefinition
  | ClassDefinition
  | If
  | For
  | While
  | With
  | Try
  | Match
  | Return
  | PlainStatement
  | Jump
  | NameDeclaration;

export interface Comment {
  readonly range: TextRange;
  /** With its `#`. */
  readonly text: string;
}

export interface SyntaxProblem {
  readonly range: TextRange;
  readonly message: string;
}

/** One parsed file. Broken source still has every statement that could be read. */
export interface PyModule {
  readonly text: string;
  readonly body: Block;
  /** Every statement and expression, each before what is inside it. */
  readonly nodes: readonly (Expression | Statement)[];
  /** In source order. */
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
}

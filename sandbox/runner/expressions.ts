/**
 * GitHub's expression language, as composite actions may use it: literals, operators, property access, filters and
 * functions, with the loose comparison of the real evaluator (docs.github.com, "Evaluate expressions in workflows").
 */

/** What an expression works on. Dictionaries are looked up without regard to case unless {@link caseSensitive}. */
export type Value = null | boolean | number | string | Value[] | { [name: string]: Value };

/** The named values and status functions an expression may use where it stands. */
export interface Scope {
  readonly contexts: Readonly<Record<string, Value>>;
  /** `success()`, `failure()`, `cancelled()`, `always()`; absent outside `if`. */
  readonly status?: Readonly<Record<StatusFunction, () => boolean>>;
}

export type StatusFunction = 'success' | 'failure' | 'cancelled' | 'always';

/** An expression that cannot be read, or names what is not there. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

type Node =
  | { kind: 'literal'; value: Value }
  | { kind: 'context'; name: string }
  | { kind: 'index'; of: Node; by: Node }
  | { kind: 'filter'; of: Node }
  | { kind: 'not'; of: Node }
  | { kind: 'binary'; operator: string; left: Node; right: Node }
  | { kind: 'call'; name: string; args: Node[] };

/** A parsed expression. */
export interface Expression {
  readonly source: string;
  readonly root: Node;
  /** Lower-case names of contexts and functions it uses. */
  readonly contexts: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

const caseSensitiveValues = new WeakSet<object>();

/** Marks a dictionary (the `env` context on Linux) as looked up with regard to case. */
export function caseSensitive<T extends Record<string, Value>>(dictionary: T): T {
  caseSensitiveValues.add(dictionary);
  return dictionary;
}

interface Token {
  kind: 'number' | 'string' | 'name' | 'operator' | 'end';
  text: string;
  value?: Value;
  at: number;
}

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|([-+]?(?:0x[0-9a-f]+|0o[0-7]+|Infinity\b|NaN\b|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))|([a-z_][a-z0-9_-]*)|(==|!=|<=|>=|&&|\|\||[!<>()[\].,*]))/iy;

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  while (source.slice(end).trim() !== '') {
    TOKEN.lastIndex = end;
    const match = TOKEN.exec(source);
    if (!match) throw new ExpressionError(`Unexpected symbol at position ${end + 1} within expression: ${source}`);
    const at = end;
    end = TOKEN.lastIndex;
    const [, string, number, name, operator] = match;
    if (string !== undefined) {
      tokens.push({ kind: 'string', text: string, value: string.slice(1, -1).replaceAll("''", "'"), at });
    } else if (number !== undefined) {
      tokens.push({ kind: 'number', text: number, value: toNumber(number), at });
    } else if (name !== undefined) {
      tokens.push({ kind: 'name', text: name, at });
    } else if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator, at });
    }
  }
  tokens.push({ kind: 'end', text: '', at: end });
  return tokens;
}

const PRECEDENCE: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
};

/** Parses the text between `${{` and `}}` (or of an `if`). Throws {@link ExpressionError}. */
export function parseExpression(source: string): Expression {
  const tokens = tokenize(source);
  const contexts = new Set<string>();
  const functions = new Set<string>();
  let position = 0;

  const peek = (): Token => tokens[position] ?? { kind: 'end', text: '', at: source.length };
  const next = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const isOperator = (text: string): boolean => peek().kind === 'operator' && peek().text === text;
  const fail = (token: Token): never => {
    throw new ExpressionError(
      token.kind === 'end'
        ? `Unexpected end of expression: ${source}`
        : `Unexpected symbol: '${token.text}'. Located at position ${token.at + 1} within expression: ${source}`,
    );
  };
  const expect = (text: string): void => {
    const token = next();
    if (token.kind !== 'operator' || token.text !== text) fail(token);
  };

  function binary(least: number): Node {
    let left = unary();
    for (;;) {
      const token = peek();
      const precedence = token.kind === 'operator' ? PRECEDENCE[token.text] : undefined;
      if (precedence === undefined || precedence < least) return left;
      next();
      left = { kind: 'binary', operator: token.text, left, right: binary(precedence + 1) };
    }
  }

  function unary(): Node {
    if (isOperator('!')) {
      next();
      return { kind: 'not', of: unary() };
    }
    return postfix(primary());
  }

  function primary(): Node {
    const token = next();
    if (token.kind === 'string' || token.kind === 'number') return { kind: 'literal', value: token.value ?? null };
    if (token.kind === 'operator' && token.text === '(') {
      const inner = binary(1);
      expect(')');
      return inner;
    }
    if (token.kind !== 'name') return fail(token);
    const name = token.text.toLowerCase();
    if (isOperator('(')) return call(name);
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    if (name === 'null') return { kind: 'literal', value: null };
    contexts.add(name);
    return { kind: 'context', name };
  }

  function call(name: string): Node {
    functions.add(name);
    next();
    const args: Node[] = [];
    if (!isOperator(')')) {
      args.push(binary(1));
      while (isOperator(',')) {
        next();
        args.push(binary(1));
      }
    }
    expect(')');
    return { kind: 'call', name, args };
  }

  function postfix(start: Node): Node {
    let node = start;
    for (;;) {
      if (isOperator('.')) {
        next();
        const token = next();
        if (token.kind === 'operator' && token.text === '*') node = { kind: 'filter', of: node };
        else if (token.kind === 'name') node = { kind: 'index', of: node, by: { kind: 'literal', value: token.text } };
        else fail(token);
      } else if (isOperator('[')) {
        next();
        if (isOperator('*')) {
          next();
          node = { kind: 'filter', of: node };
        } else {
          node = { kind: 'index', of: node, by: binary(1) };
        }
        expect(']');
      } else {
        return node;
      }
    }
  }

  const root = binary(1);
  if (peek().kind !== 'end') fail(peek());
  return { source, root, contexts, functions };
}

/** A list that came from `.*`: later property access applies to each element. */
const filtered = new WeakSet<object>();

function lookUp(of: Value, by: Value): Value {
  if (of === null || typeof of !== 'object') return null;
  if (Array.isArray(of)) {
    if (filtered.has(of)) {
      const found = of.filter((item) => item !== null && typeof item === 'object').map((item) => lookUp(item, by));
      const result = found.filter((item) => item !== null);
      filtered.add(result);
      return result;
    }
    const index = toNumber(by);
    return Number.isNaN(index) || index < 0 ? null : (of[Math.floor(index)] ?? null);
  }
  const name = toText(by);
  if (Object.hasOwn(of, name)) return of[name] ?? null;
  if (caseSensitiveValues.has(of)) return null;
  const folded = name.toLowerCase();
  for (const [key, value] of Object.entries(of)) if (key.toLowerCase() === folded) return value;
  return null;
}

/** Evaluates a parsed expression. Throws {@link ExpressionError} for an unknown name. */
export function evaluate(expression: Expression, scope: Scope): Value {
  const run = (node: Node): Value => {
    switch (node.kind) {
      case 'literal':
        return node.value;
      case 'context': {
        if (!Object.hasOwn(scope.contexts, node.name)) {
          throw new ExpressionError(`Unrecognized named-value: '${node.name}' within expression: ${expression.source}`);
        }
        return scope.contexts[node.name] ?? null;
      }
      case 'index':
        return lookUp(run(node.of), run(node.by));
      case 'filter': {
        const of = run(node.of);
        const result = of === null || typeof of !== 'object' ? [] : Object.values(of);
        filtered.add(result);
        return result;
      }
      case 'not':
        return !truthy(run(node.of));
      case 'binary': {
        const left = run(node.left);
        if (node.operator === '&&') return truthy(left) ? run(node.right) : left;
        if (node.operator === '||') return truthy(left) ? left : run(node.right);
        return compare(node.operator, left, run(node.right));
      }
      case 'call':
        return call(node.name, node.args.map(run), scope, expression.source);
    }
  };
  return run(expression.root);
}

/** GitHub's truth: false, 0, '', null and NaN are false. */
export function truthy(value: Value): boolean {
  return !(value === null || value === false || value === '' || value === 0 || Number.isNaN(value));
}

/** GitHub's coercion to number. */
export function toNumber(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return NaN;
  const text = value.trim();
  if (text === '') return 0;
  if (/^0x[0-9a-f]+$/i.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^0o[0-7]+$/.test(text)) return Number.parseInt(text.slice(2), 8);
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return Number(text);
  if (/^[-+]?Infinity$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return NaN;
}

/** How a value is written into a string. */
export function toText(value: Value): string {
  if (value === null) return '';
  if (Array.isArray(value)) return 'Array';
  if (typeof value === 'object') return 'Object';
  return Object.is(value, -0) ? '0' : String(value);
}

function compare(operator: string, left: Value, right: Value): boolean {
  const order = orderOf(left, right);
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order !== undefined && order < 0;
    case '<=':
      return order !== undefined && order <= 0;
    case '>':
      return order !== undefined && order > 0;
    default:
      return order !== undefined && order >= 0;
  }
}

/** Negative, zero or positive; `undefined` where the two have no order (NaN, different objects). */
function orderOf(left: Value, right: Value): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    const [a, b] = [left.toUpperCase(), right.toUpperCase()];
    return a === b ? 0 : a < b ? -1 : 1;
  }
  const isObject = (value: Value): boolean => value !== null && typeof value === 'object';
  if (isObject(left) && isObject(right)) return left === right ? 0 : undefined;
  if (left === null && right === null) return 0;
  const [a, b] = [toNumber(left), toNumber(right)];
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  return a === b ? 0 : a < b ? -1 : 1;
}

const STATUS: ReadonlySet<string> = new Set<StatusFunction>(['success', 'failure', 'cancelled', 'always']);

/** Names of the functions known everywhere, with the least and largest number of arguments. */
const FUNCTIONS: Readonly<Record<string, readonly [number, number]>> = {
  contains: [2, 2],
  startswith: [2, 2],
  endswith: [2, 2],
  format: [1, 255],
  join: [1, 2],
  tojson: [1, 1],
  fromjson: [1, 1],
};

/** Whether a function exists where status functions are (`if`) or are not allowed. */
export function knownFunction(name: string, statusAllowed: boolean): boolean {
  return Object.hasOwn(FUNCTIONS, name) || (statusAllowed && STATUS.has(name));
}

function call(name: string, args: readonly Value[], scope: Scope, source: string): Value {
  if (STATUS.has(name) && scope.status) return scope.status[name as StatusFunction]();
  const arity = FUNCTIONS[name];
  if (!arity) throw new ExpressionError(`Unrecognized function: '${name}' within expression: ${source}`);
  if (args.length < arity[0] || args.length > arity[1]) {
    throw new ExpressionError(`Wrong number of parameters for '${name}' within expression: ${source}`);
  }
  const [first = null, second = null] = args;
  const fold = (value: Value): string => toText(value).toUpperCase();
  switch (name) {
    case 'contains':
      if (Array.isArray(first)) return first.some((item) => compare('==', item, second));
      return isPrimitive(first) && isPrimitive(second) && fold(first).includes(fold(second));
    case 'startswith':
      return isPrimitive(first) && isPrimitive(second) && fold(first).startsWith(fold(second));
    case 'endswith':
      return isPrimitive(first) && isPrimitive(second) && fold(first).endsWith(fold(second));
    case 'format':
      return format(toText(first), args.slice(1), source);
    case 'join': {
      const separator = args.length > 1 ? toText(second) : ',';
      if (Array.isArray(first)) return first.map((item) => (isPrimitive(item) ? toText(item) : '')).join(separator);
      return isPrimitive(first) ? toText(first) : '';
    }
    case 'tojson':
      return toJson(first);
    default:
      return fromJson(toText(first), source);
  }
}

function isPrimitive(value: Value): boolean {
  return value === null || typeof value !== 'object';
}

function toJson(value: Value): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return JSON.stringify(value, null, 2);
}

function fromJson(text: string, source: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch (error) {
    throw new ExpressionError(`Error parsing fromJson within expression: ${source}`, { cause: error });
  }
}

function format(pattern: string, args: readonly Value[], source: string): string {
  return pattern.replace(/\{\{|\}\}|\{(\d+)\}|[{}]/g, (match: string, index: string | undefined) => {
    if (match === '{{') return '{';
    if (match === '}}') return '}';
    const argument = index === undefined ? undefined : args[Number(index)];
    if (argument === undefined) {
      throw new ExpressionError(`The following format string is invalid: ${pattern} (within expression: ${source})`);
    }
    return toText(argument);
  });
}

/** A string with `${{ }}` in it, cut into its parts. */
export type TemplatePart = string | Expression;

/** Cuts a string at its `${{ }}`; a `}}` inside a quoted string does not end one. Throws {@link ExpressionError}. */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('${{', at);
    if (start < 0) break;
    if (start > at) parts.push(text.slice(at, start));
    let end = start + 3;
    let quoted = false;
    while (end < text.length && (quoted || !text.startsWith('}}', end))) {
      if (text[end] === "'") quoted = !quoted;
      end += 1;
    }
    if (end >= text.length)
      throw new ExpressionError(
        `The expression is not closed. An unescaped \${{ sequence was found, but the closing }} sequence was not found: ${text}`,
      );
    parts.push(parseExpression(text.slice(start + 3, end)));
    at = end + 2;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

/** The string with every `${{ }}` replaced by its value. */
export function interpolate(text: string, scope: Scope): string {
  return parseTemplate(text)
    .map((part) => (typeof part === 'string' ? part : toText(evaluate(part, scope))))
    .join('');
}

/** An `if` as written, made an expression: wrapped in `success() && (…)` unless it names a status function itself. */
export function parseCondition(text: string | undefined): Expression {
  const source = text?.trim() ?? '';
  if (source === '') return parseExpression('success()');
  const inner = unwrap(source);
  const expression = parseExpression(inner);
  for (const name of expression.functions) if (STATUS.has(name)) return expression;
  return parseExpression(`success() && (${inner})`);
}

/** `a ${{ b }}` in an `if` is a format string, hence nearly always true: the real runner's well-known trap. */
function unwrap(source: string): string {
  if (!source.includes('${{')) return source;
  const parts = parseTemplate(source);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return only.source;
  const quote = (value: string): string => value.replaceAll("'", "''").replaceAll('{', '{{').replaceAll('}', '}}');
  let index = 0;
  const pattern = parts.map((part) => (typeof part === 'string' ? quote(part) : `{${index++}}`)).join('');
  const args = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.source]));
  return `format('${pattern}'${args.map((arg) => `, ${arg}`).join('')})`;
}

import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** A parameter of an operation, as GitHub describes it. */
interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  schema: object;
}

/** One operation of GitHub's REST API. */
export interface Operation {
  /** GitHub's operation id, such as `issues/create-comment`. */
  readonly id: string;
  readonly method: string;
  /** Path with `{names}`. */
  readonly path: string;
  /** Where GitHub documents it; error bodies carry this. */
  readonly documentation: string | null;
  readonly parameters: readonly Parameter[];
  readonly bodyRequired?: boolean;
  readonly body?: object | null;
  /** Schema by status; null where the answer has no JSON. */
  readonly responses: Readonly<Record<string, object | null>>;
}

/** An operation found for a request, with the path's values decoded. */
export interface OperationMatch {
  operation: Operation;
  values: Record<string, string>;
}

interface Extract {
  operations: Record<string, Omit<Operation, 'id'>>;
  webhooks: Record<string, object>;
  definitions: Record<string, object>;
}

interface Route {
  operation: Operation;
  names: string[];
  pattern: RegExp;
}

/** GitHub's published OpenAPI description, as far as the sandbox serves it, able to judge requests, answers, payloads. */
export class ApiDescription {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly #webhooks: Readonly<Record<string, object>>;
  readonly #routes: readonly Route[];
  /** Values of path and query are text: they are read as numbers and booleans where the schema wants these. */
  readonly #ofText: Ajv;
  readonly #ofJson: Ajv;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor() {
    const extract = JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')) as Extract;
    this.#ofText = validator(extract, true);
    this.#ofJson = validator(extract, false);
    this.#webhooks = extract.webhooks;
    this.operations = new Map(Object.entries(extract.operations).map(([id, rest]) => [id, { id, ...rest }]));
    this.#routes = [...this.operations.values()]
      .map(routeOf)
      // /issues/comments/{id} goes before /issues/{number}/…: the fewer placeholders, the nearer.
      .sort((a, b) => a.names.length - b.names.length);
  }

  /** The operation that answers method and path (without query), if the description has one that the sandbox serves. */
  find(method: string, path: string): OperationMatch | undefined {
    for (const { operation, names, pattern } of this.#routes) {
      const found = operation.method === method ? pattern.exec(path) : null;
      if (found) {
        const values = names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')] as const);
        return { operation, values: Object.fromEntries(values) };
      }
    }
    return undefined;
  }

  /** What is wrong with the values of one place; unknown query names are wrong too, though GitHub lets them pass. */
  parameterFaults(operation: Operation, place: 'path' | 'query', values: Readonly<Record<string, string>>): string[] {
    const known = operation.parameters.filter((parameter) => parameter.in === place);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(known.map((parameter) => [parameter.name, parameter.schema])),
      required: known.filter((parameter) => parameter.required).map((parameter) => parameter.name),
      additionalProperties: false,
    };
    return this.#faults(this.#ofText, `${operation.id} ${place}`, schema, { ...values });
  }

  /** What is wrong with a request's body. */
  bodyFaults(operation: Operation, body: unknown): string[] {
    if (body === undefined) return operation.bodyRequired ? ['body is missing'] : [];
    if (!operation.body) return ['this operation takes no body'];
    return this.#faults(this.#ofJson, `${operation.id} body`, operation.body, body);
  }

  /** What is wrong with an answer of ours. */
  responseFaults(operation: Operation, status: number, body: unknown): string[] {
    const schema = operation.responses[String(status)];
    if (schema === undefined) return [`${operation.id} has no answer ${status}`];
    if (schema === null) return body === undefined ? [] : [`${operation.id} answers ${status} without a body`];
    return this.#faults(this.#ofJson, `${operation.id} ${status}`, schema, body);
  }

  /** What is wrong with a webhook payload; `name` as GitHub names it, such as `pull-request-opened`. */
  webhookFaults(name: string, payload: unknown): string[] {
    const schema = this.#webhooks[name];
    return schema ? this.#faults(this.#ofJson, name, schema, payload) : [`No webhook ${name}`];
  }

  #faults(ajv: Ajv, key: string, schema: object, value: unknown): string[] {
    let validate = this.#compiled.get(key);
    if (!validate) this.#compiled.set(key, (validate = ajv.compile(schema)));
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath || '(root)'} ${error.message ?? error.keyword} ${JSON.stringify(error.params)}`,
    );
  }
}

function validator(extract: Extract, coerceTypes: boolean): Ajv {
  // The description is not strict JSON Schema (formats such as int64 and repo.nwo, `type` lists), hence strict off.
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes, logger: false, validateSchema: false });

  addFormats(ajv);
  ajv.addSchema({ definitions: extract.definitions }, 'github');
  return ajv;
}

function routeOf(operation: Operation): Route {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const pattern = operation.path
    .split(/\{\w+\}/)
    .map((part) => part.replaceAll(/[.*+?^$()[\]\\|]/g, '\\$&'))
    .join('([^/]+)');
  return { operation, names, pattern: new RegExp(`^${pattern}$`) };
}

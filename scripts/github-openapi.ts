/**
 * Extracts what the sandbox needs of GitHub's OpenAPI description into `sandbox/github/openapi.json`.
 *
 * The package that carries the description is 400 MB unpacked, so it is no dependency: this script packs it into a
 * temporary folder, takes the operations and webhooks named below with the schemas that they reach, and turns OpenAPI
 * 3.0's `nullable` into JSON Schema, so that a plain validator can read the result.
 *
 *     npx tsx scripts/github-openapi.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = '@octokit/openapi';
const VERSION = '23.0.2';
const TARGET = new URL('../sandbox/github/openapi.json', import.meta.url);

/** Operation ids that the sandbox answers. */
const OPERATIONS = [
  'repos/get',
  'repos/get-branch',
  'repos/get-commit',
  'repos/get-collaborator-permission-level',
  'issues/get',
  'issues/list-comments',
  'issues/create-comment',
  'issues/get-comment',
  'issues/update-comment',
  'issues/delete-comment',
  'issues/list-labels-on-issue',
  'issues/add-labels',
  'issues/remove-label',
  'reactions/list-for-issue-comment',
  'reactions/create-for-issue-comment',
  'pulls/list',
  'pulls/create',
  'pulls/get',
  'pulls/list-commits',
  'users/get-authenticated',
  'users/get-by-username',
  'rate-limit/get',
] as const;

/** Webhook payloads that the sandbox makes. */
const WEBHOOKS = [
  'pull-request-opened',
  'pull-request-synchronize',
  'pull-request-reopened',
  'pull-request-closed',
  'pull-request-labeled',
  'pull-request-unlabeled',
  'issue-comment-created',
  'issue-comment-edited',
  'issue-comment-deleted',
] as const;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** Keys that describe to people, or that only documentation tools read. */
const PROSE = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'deprecated', 'title']);
/** Keys whose own keys are names, not keywords: `title` in here is a property called title. */
const NAME_MAPS = new Set(['properties', 'patternProperties', 'definitions']);

function object(value: Json | undefined, what: string): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error(`${what} is not an object`);
  return value;
}

/** Follows a `#/components/…` pointer. */
function pointed(root: JsonObject, pointer: string): Json {
  let node: Json = root;
  for (const part of pointer.replace(/^#\//, '').split('/')) {
    node = object(node, pointer)[part.replaceAll('~1', '/').replaceAll('~0', '~')] ?? null;
  }
  return node;
}

/** The schema as JSON Schema, its references rewritten to `github#/definitions/<name>` and noted in `reached`. */
function converted(schema: Json, reached: Set<string>): Json {
  if (Array.isArray(schema)) return schema.map((item) => converted(item, reached));
  if (schema === null || typeof schema !== 'object') return schema;
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.replace('#/components/schemas/', '');
    if (name === schema.$ref) throw new Error(`Unexpected reference ${schema.$ref}`);
    reached.add(name);
    return { $ref: `github#/definitions/${name}` };
  }
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (PROSE.has(key) || key.startsWith('x-') || key === 'nullable' || key === 'discriminator') continue;
    if (NAME_MAPS.has(key)) {
      result[key] = Object.fromEntries(
        Object.entries(object(value, key)).map(([name, inner]) => [name, converted(inner, reached)]),
      );
    } else result[key] = key === 'enum' || key === 'default' ? value : converted(value, reached);
  }
  if (schema.nullable !== true) return result;
  if (Array.isArray(result.enum) && !result.enum.includes(null)) result.enum = [...result.enum, null];
  if (typeof result.type === 'string') return { ...result, type: [result.type, 'null'] };
  return { anyOf: [result, { type: 'null' }] };
}

function jsonSchemaOf(carrier: Json, reached: Set<string>): Json {
  const content = object(carrier, 'body').content;
  if (content === undefined) return null;
  const media = object(content, 'content')['application/json'];
  return media === undefined ? null : converted(object(media, 'media type').schema ?? {}, reached);
}

function extract(description: JsonObject): JsonObject {
  const reached = new Set<string>();
  const resolve = (node: Json): JsonObject => {
    const found = object(node, 'node');
    return typeof found.$ref === 'string' ? object(pointed(description, found.$ref), found.$ref) : found;
  };

  const operations: JsonObject = {};
  for (const [path, item] of Object.entries(object(description.paths, 'paths'))) {
    for (const [method, raw] of Object.entries(object(item, path))) {
      const operation = object(raw, path);
      const id = operation.operationId;
      if (typeof id !== 'string' || !(OPERATIONS as readonly string[]).includes(id)) continue;
      const parameters = ((operation.parameters ?? []) as Json[]).map((parameter) => {
        const { name, in: place, required, schema } = resolve(parameter);
        return { name, in: place, required: required ?? false, schema: converted(schema ?? {}, reached) } as JsonObject;
      });
      const responses: JsonObject = {};
      for (const [status, response] of Object.entries(object(operation.responses, 'responses'))) {
        responses[status] = jsonSchemaOf(resolve(response), reached);
      }
      const body = operation.requestBody === undefined ? undefined : resolve(operation.requestBody);
      operations[id] = {
        method: method.toUpperCase(),
        path,
        documentation: object(operation.externalDocs, 'externalDocs').url ?? null,
        parameters,
        ...(body && { bodyRequired: body.required ?? false, body: jsonSchemaOf(body, reached) }),
        responses,
      };
    }
  }
  const missing = OPERATIONS.filter((id) => !(id in operations));
  if (missing.length > 0) throw new Error(`Not in the description: ${missing.join(', ')}`);

  const webhooks: JsonObject = {};
  for (const name of WEBHOOKS) {
    const post = object(object(object(description['x-webhooks'], 'x-webhooks')[name], name).post, name);
    webhooks[name] = jsonSchemaOf(resolve(post.requestBody ?? null), reached);
  }

  // A set takes what is added while it is walked, so this reaches what the reached ones reach.
  const definitions: JsonObject = {};
  for (const name of reached) {
    definitions[name] = converted(pointed(description, `#/components/schemas/${name}`), reached);
  }
  return { operations, webhooks, definitions };
}

const folder = mkdtempSync(join(tmpdir(), 'github-openapi-'));
try {
  execFileSync('npm', ['pack', '--silent', `${PACKAGE}@${VERSION}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error('npm pack left no archive');
  const wanted = 'package/generated/api.github.com.json';
  execFileSync('tar', ['xzf', archive, wanted], { cwd: folder });
  const description = JSON.parse(readFileSync(join(folder, wanted), 'utf8')) as JsonObject;
  const result = {
    provenance: {
      what: "An extract of GitHub's OpenAPI description, as JSON Schema; made by scripts/github-openapi.ts",
      package: PACKAGE,
      version: VERSION,
      file: wanted,
      source: 'https://github.com/octokit/openapi',
      license: 'MIT',
      copyright: 'Copyright (c) 2020 Octokit contributors',
      extracted: new Date().toISOString().slice(0, 10),
    },
    ...extract(description),
  };
  writeFileSync(TARGET, `${JSON.stringify(result)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

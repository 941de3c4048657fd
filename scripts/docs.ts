/**
 * Writes what is generated from `src/inputs.ts`: the inputs of action.yml and the README's tables and first workflow.
 * With `--check` it writes nothing and fails when something is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { INPUTS, type InputDescription } from '../src/inputs';

const check = process.argv.includes('--check');
const inputs: InputDescription[] = Object.values(INPUTS);

/** Replaces what stands between `open` and `close` (each alone on its line). */
function between(text: string, open: string, close: string, body: string, file: string): string {
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new Error(`${file} lacks the markers ${open} … ${close}`);
  const lineEnd = text.indexOf('\n', start) + 1;
  return text.slice(0, lineEnd) + body + text.slice(text.lastIndexOf('\n', end) + 1);
}

const yamlString = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const actionInputs = inputs
  .map(({ name, help, default: value }) => {
    const plain = help.replaceAll('`', '');
    return `  ${name}:\n    description: ${yamlString(plain)}\n    required: false\n    default: ${yamlString(value)}\n`;
  })
  .join('');

const cell = (text: string): string => text.replaceAll('|', '\\|');
const inputTable = [
  '| Input | Type | Default | Meaning |',
  '| --- | --- | --- | --- |',
  ...inputs.map(
    ({ name, type, default: value, help }) =>
      `| \`${name}\` | ${type} | ${value === '' ? '' : `\`${value}\``} | ${cell(help)} |`,
  ),
  '',
].join('\n');

const actionFile = readFileSync('action.yml', 'utf8');
// Laid out as the formatter wants it, so that the two never argue.
const actionYml = await format(between(actionFile, '# <inputs>', '# </inputs>', actionInputs, 'action.yml'), {
  ...(await resolveConfig('action.yml')),
  parser: 'yaml',
});
const action = parse(actionYml) as { outputs: Record<string, { description: string }> };
const outputTable = [
  '| Output | Meaning |',
  '| --- | --- |',
  ...Object.entries(action.outputs).map(([name, { description }]) => `| \`${name}\` | ${cell(description)} |`),
  '',
].join('\n');

const readmeFile = readFileSync('README.md', 'utf8');
const workflow = `\`\`\`yaml\n${readFileSync('examples/pull-request.yml', 'utf8')}\`\`\`\n`;
const readme = Object.entries({ inputs: inputTable, outputs: outputTable, workflow }).reduce(
  (text, [name, body]) => between(text, `<!-- ${name} -->`, `<!-- /${name} -->`, body, 'README.md'),
  readmeFile,
);

let stale = 0;
for (const [file, before, after] of [
  ['action.yml', actionFile, actionYml],
  ['README.md', readmeFile, readme],
] as const) {
  if (before === after) continue;
  stale += 1;
  if (check) console.error(`${file} is out of date: run \`npm run docs\` and commit it.`);
  else writeFileSync(file, after);
}
if (check && stale > 0) process.exit(1);

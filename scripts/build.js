// Rebuilds dist/ from nothing, so that no chunk of an earlier build stays behind (ncc itself never deletes).
//
// CommonJS although the sources are modules: node starts such a bundle some 15 ms sooner. ncc's command line decides by
// package.json, hence its API. Not minified: what runs with people's tokens should be readable.
import { Buffer } from 'node:buffer';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ncc from '@vercel/ncc';

const out = 'dist';
const { code, assets } = await ncc(resolve('src/main.ts'), {
  esm: false,
  cache: false,
  license: 'licenses.txt',
  target: 'es2022',
  quiet: true,
});

rmSync(out, { recursive: true, force: true });
const files = { 'index.js': code, 'package.json': `${JSON.stringify({ type: 'commonjs' })}\n` };
for (const [name, { source }] of Object.entries(assets)) files[name] = source;
for (const [name, source] of Object.entries(files)) {
  const path = join(out, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
}
const bytes = Object.values(files).reduce((sum, source) => sum + Buffer.byteLength(source), 0);
console.log(`dist/: ${Object.keys(files).length} files, ${(bytes / 1024).toFixed(0)} KiB`);

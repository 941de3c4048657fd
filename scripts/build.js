// Rebuilds dist/ from nothing, so that no chunk of an earlier build stays behind (ncc itself never deletes).
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
execFileSync(
  process.execPath,
  [
    'node_modules/@vercel/ncc/dist/ncc/cli.js',
    'build',
    'src/main.ts',
    '--out',
    'dist',
    '--license',
    'licenses.txt',
    '--minify',
    '--target',
    'es2022',
  ],
  { stdio: 'inherit' },
);

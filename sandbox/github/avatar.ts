import { createHash } from 'node:crypto';
import type { User } from './state';

const COLORS = ['#0969da', '#1a7f37', '#9a6700', '#bc4c00', '#8250df', '#bf3989', '#0a7480', '#57606a'];

/** A picture of a user: initials on a colour that follows from the login. SVG, square; the page cuts people round. */
export function avatar(user: User): string {
  const digest = createHash('sha256').update(user.login).digest();
  const color = user.type === 'Bot' ? '#24292f' : (COLORS[digest.readUInt8(0) % COLORS.length] ?? '#57606a');
  const words = user.login
    .replace(/\[bot\]$/, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const [first = '?', second] = words;
  const initials = (second === undefined ? first.slice(0, 2) : first.slice(0, 1) + second.slice(0, 1)).toUpperCase();
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40" role="img">` +
    `<rect width="40" height="40" fill="${color}"/>` +
    `<text x="20" y="20.5" fill="#fff" font-family="system-ui, sans-serif" font-size="16" font-weight="600"` +
    ` text-anchor="middle" dominant-baseline="central">${initials}</text></svg>`
  );
}

// Loaded with NODE_OPTIONS=--import into the node processes of a step: connects to anything but loopback fail as on a
// machine without a network, so that a test cannot lean on the outside world. Unix sockets (Docker) stay open.
import net from 'node:net';
import process from 'node:process';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/i;
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function blockedConnect(...args) {
  // Node normalises the arguments itself in some callers: then the first is [options, callback].
  const given = Array.isArray(args[0]) ? args[0][0] : args[0];
  const options =
    typeof given === 'object' && given !== null
      ? given
      : typeof given === 'number' || /^\d+$/.test(String(given))
        ? { port: given, host: typeof args[1] === 'string' ? args[1] : undefined }
        : { path: given };
  const host = options.host ?? 'localhost';
  // An HTTP agent gives `path: null` for a host.
  if (!options.path && !LOOPBACK.test(host)) {
    const error = new Error(`connect ENETUNREACH ${host}:${options.port} (blocked by the sandbox)`);
    process.nextTick(() => this.destroy(Object.assign(error, { code: 'ENETUNREACH', syscall: 'connect' })));
    return this;
  }
  return connect.apply(this, args);
};

// A real PostgreSQL server for tests (Debian's package), in a folder of its own, reached by a unix socket
// alone. It ends with the process that started it, however that ends.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

// Whether the servers under test keep their data in PostgreSQL.
export const kInPostgres = process.env.GEILI_TEST_STORE === 'postgres';

const run = promisify(execFile);
const kVersions = '/usr/lib/postgresql';
const kReadyMax_ms = 60_000;
const kLookEvery_ms = 20;

function program(name) {
  const newest = (existsSync(kVersions) ? readdirSync(kVersions) : []).map(Number)
    .filter((version) => existsSync(join(kVersions, String(version), 'bin', name))).sort((a, b) => b - a)[0];
  if (newest === undefined) throw new Error('PostgreSQL is not installed: run ./dev install');
  return join(kVersions, String(newest), 'bin', name);
}

// The server refuses to run as root: then it runs as the user that its package has made.
async function otherUser() {
  if (process.getuid() !== 0) return null;
  const id = async (flag) => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

export class PostgresServer {
  #child;
  #count = 0;

  constructor(folder) {
    this.folder = folder;
  }

  // In /tmp, whatever TMPDIR says: the path of a socket may have 107 bytes.
  static async start() {
    const server = new PostgresServer(await mkdtemp('/tmp/geili-pg-'));
    const user = await otherUser();
    if (user) await chown(server.folder, user.uid, user.gid);
    const data = join(server.folder, 'data');
    await run(program('initdb'), [`--pgdata=${data}`, '--username=geili', '--auth=trust', '--encoding=UTF8', '--locale=C',
      '--no-sync', '--no-instructions'], { ...user, cwd: '/' });
    const become = user ? ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'] : [];
    server.#child = spawn('setpriv', [...become, '--pdeathsig', 'QUIT', program('postgres'), '-D', data, '-k', server.folder,
      // Nothing here is about power: what a killed program had written is kept by the kernel.
      '-c', 'fsync=off', '-c', 'listen_addresses=', '-c', 'max_connections=300', '-c', 'shared_buffers=64MB'], { stdio: 'ignore', cwd: '/' });
    server.#child.unref();
    await server.#ready();
    return server;
  }

  async #ready() {
    const end = Date.now() + kReadyMax_ms;
    while (!(await run(program('pg_isready'), ['-q', '-h', this.folder]).then(() => true, () => false))) {
      if (this.#child.exitCode !== null || Date.now() > end) throw new Error('PostgreSQL does not start');
      await delay(kLookEvery_ms);
    }
  }

  // Of an empty database, for --store-url. Names are of this process, as several may share a server.
  async makeDatabase() {
    const name = `test_${process.pid}_${++this.#count}`;
    await this.say('postgres', `CREATE DATABASE ${name}`);
    return `host=${this.folder} user=geili dbname=${name}`;
  }

  async say(database, sql) {
    await run(program('psql'), ['-q', '-X', '-v', 'ON_ERROR_STOP=1', '-d', `host=${this.folder} user=geili dbname=${database}`, '-c', sql]);
  }

  async stop() {
    // Nothing else may be left to wait for.
    this.#child.ref();
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGQUIT');
    await exited;
    await rm(this.folder, { recursive: true, force: true });
  }
}

let shared;

// The server that ./dev test has started for all files, or one of this process.
export function sharedServer() {
  shared ??= process.env.GEILI_TEST_POSTGRES
    ? Promise.resolve(new PostgresServer(process.env.GEILI_TEST_POSTGRES))
    : PostgresServer.start();
  return shared;
}

export const databaseOf = (url) => /dbname=(\S+)/.exec(url)[1];

// node tests/lib/with_postgres.mjs PROGRAM [ARGUMENT…]: runs it beside one PostgreSQL server, which its tests
// share, with GEILI_TEST_STORE=postgres. Ends as it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PostgresServer } from './postgres.mjs';

const [program, ...args] = process.argv.slice(2);
const server = await PostgresServer.start();
const child = spawn(program, args, { stdio: 'inherit',
  env: { ...process.env, GEILI_TEST_STORE: 'postgres', GEILI_TEST_POSTGRES: server.folder } });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
const [code] = await once(child, 'exit');
await server.stop();
process.exit(code ?? 1);

/** Run as a program by tests that kill it: starts the embedded server on the given folder, says so, and stays. */
import { startEmbeddedPostgres } from '../embedded/start.ts'

const [dataDir = ''] = process.argv.slice(2)
const server = await startEmbeddedPostgres({ dataDir, minFreeBytes: 0 })
process.stdout.write(`${server.pid}\n`)
setInterval(() => undefined, 60_000)

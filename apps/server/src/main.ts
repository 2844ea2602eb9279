import { isAppError, systemClock, systemRandom } from '@datong/kernel'
import { createAdministrator } from './administrator.ts'
import type { Installation } from './beside-server.ts'
import { compose, type Datong } from './compose.ts'
import { readConfig } from './config.ts'
import { returnToStory, seedDemoCity } from './demo/seed.ts'
import { createStoryClock } from './demo/story-clock.ts'
import { prepareHome, requireFreePort } from './home.ts'
import { createLog } from './http/index.ts'
import { importOrganisations } from './import-organisations.ts'
import { readSecrets } from './secrets.ts'
import { sentenceOf, StartFailure } from './start-failure.ts'

const USAGE = `usage: main.ts start | serve
       main.ts admin create --username NAME [--name "FULL NAME"] [--role sysadmin|security|auditor]
       main.ts admin organisations FILE.json`

/** The program as a whole: `start` with the demonstration city, `serve` without, `admin` for first accounts and organisations. */
async function main(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args
  if (command === 'start') return run('start')
  if (command === 'serve') return run('serve')
  if (command === 'admin' && rest[0] === 'create') return createAdministrator(await prepare('warn'), rest.slice(1), say)
  if (command === 'admin' && rest[0] === 'organisations') return importOrganisations(await prepare('warn'), rest.slice(1), say)
  throw new StartFailure(USAGE)
}

async function run(mode: 'start' | 'serve'): Promise<void> {
  const { config, secrets, log } = await prepare(mode === 'start' ? 'warn' : 'info')
  await requireFreePort(config.host, config.port)
  const stopping = new AbortController()
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {
      stopping.abort()
      resolve()
    })
  })
  const clock = createStoryClock(systemClock)
  if (mode === 'start') await returnToStory(config.home, clock)
  const lost = Promise.withResolvers<never>()
  // It may be lost before anybody waits for it.
  lost.promise.catch(() => undefined)
  const datong = await compose(config, secrets, log, clock, lost.reject)
  try {
    if (mode === 'serve') await requireAdministrator(datong)
    // Only a process that also works can load the city's tables.
    const accounts = mode === 'start' && config.role === 'all'
      ? await seedDemoCity({ datong, home: config.home, clock, password: config.demoPassword, say, signal: stopping.signal }) : undefined
    const address = await datong.listen()
    if (accounts !== undefined) say(accounts)
    say(`Datong ${config.role === 'worker' ? 'works' : 'serves'} on ${address}`)
    say('Datong is ready')
    await Promise.race([asked, lost.promise])
    say('Datong is stopping …')
  } catch (error) {
    if (!stopping.signal.aborted) throw error
    say('Datong is stopping …')
  } finally {
    await datong.stop()
  }
}

async function prepare(defaultLevel: 'info' | 'warn'): Promise<Installation> {
  const config = readConfig(process.env, process.cwd())
  await prepareHome(config.home)
  return { config, secrets: await readSecrets(config.home, systemRandom, config.logOrigin), log: createLog(config.logLevel ?? defaultLevel) }
}

async function requireAdministrator({ identity }: Datong): Promise<void> {
  if ((await identity.users.countHolders('sysadmin')) > 0) return
  throw new StartFailure('There is no administrator yet: make one with `npx datong admin create --username NAME`, then start again.')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  const sentence = sentenceOf(error)
  process.stderr.write(sentence === undefined ? `Datong cannot go on: ${String(error instanceof Error && !isAppError(error) ? error.stack : error)}\n` : `${sentence}\n`)
  process.exitCode = 1
}

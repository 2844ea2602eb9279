import { join } from 'node:path'
import type { Benchmark, Figures } from '../benchmark.ts'
import { temporaryFolder, withCleanup } from '../cleanup.ts'
import type { Settings } from '../settings.ts'
import { round } from '../statistics.ts'
import { partsOf, readProfile } from './cpu-profile.ts'
import { drive, type Measured, tryOut } from './drive.ts'
import { companies, prepare } from './prepare.ts'
import { governedSide } from './sides.ts'
import { servingTable, startGoverned } from './start.ts'

/** A window of the machine's monotonic clock, in microseconds, and the calls that fell into it. */
interface Window extends Measured {
  readonly from: number
  readonly to: number
}

const nowMicros = (): number => Number(process.hrtime.bigint() / 1_000n)

/**
 * Where the time of one call by key goes: the main thread's, by part, from a CPU profile of the server under load, and the
 * database's. Profiling itself costs a little, so these figures are for their shares.
 */
export const partsBenchmark: Benchmark = {
  name: 'parts',
  run: async (settings, tell) => withCleanup(async (keep) => {
    const folder = settings.profileFolder ?? join(await temporaryFolder(keep, 'profile'), 'cpu')
    // The server writes its profile when it ends.
    const window = await withCleanup(async (defer) => {
      const { governed, password, connection, databasePid } = await startGoverned(folder, defer)
      const { entry, key } = await prepare(governed.url, password, companies(settings.deliveryRows))
      await servingTable(connection, entry.code)
      const side = governedSide(governed, entry, key)
      await tryOut(side, [0, 1, 2])
      let from = 0
      const asked = { databasePid, tableRows: settings.deliveryRows, warmUpSeconds: settings.warmUpSeconds, seconds: settings.seconds }
      const measured = await drive(side, asked, () => { from = nowMicros() })
      return { ...measured, from, to: nowMicros() }
    })
    return figuresOf(partsOf(await readProfile(folder), window.from, window.to), window, settings, tell)
  }),
}

function figuresOf(parts: ReadonlyMap<string, number>, { calls, cpuMicros, databaseMicros, rps }: Window, { deliveryRows, seconds }: Settings, tell: (line: string) => void): Figures {
  const busy = [...parts].filter(([name]) => name !== 'idle').sort(([, a], [, b]) => b - a).map(([name, micros]) => [name, round(micros / calls, 1)] as const)
  for (const [name, micros] of busy) tell(`${name.padEnd(20)} ${micros} µs`)
  return {
    mainThreadMicros: Object.fromEntries(busy), mainThreadTotalMicros: round(busy.reduce((sum, [, micros]) => sum + micros, 0), 1),
    databaseMicros, serverMicros: cpuMicros - databaseMicros, idleShare: round((parts.get('idle') ?? 0) / [...parts.values()].reduce((sum, micros) => sum + micros, 0), 2),
    rps, rows: deliveryRows, seconds,
  }
}

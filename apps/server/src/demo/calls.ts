import type { DemoApplication } from '@datong/demo-city'
import { seededRandom } from '@datong/kernel'
import { grantOf } from './applications.ts'
import { callerOf, entryOf, send, type Stage, tableOf } from './context.ts'

const VALUES = 40
/** Fields by whose whole value rows are found. */
const NUMBERS = /代码|号码|识别号|身份证号/

/** Systems that call with keys and people who look at open data, so that figures of use are there from the first minute. */
export function createCallers(stage: Stage) {
  const keys = new Map<string, string>()
  const samples = new Map<string, readonly Readonly<Record<string, string>>[]>()
  const random = seededRandom(7)

  /** A key of the system that the grant was made for; its last start took an earlier one to the grave. */
  async function keyFor(application: DemoApplication): Promise<string> {
    const known = keys.get(application.name)
    if (known !== undefined) return known
    const caller = await callerOf(stage, application.applicant)
    const made = await stage.datong.identity.keys.create((await grantOf(stage, application)).app_id, '正式环境', null, caller.actor)
    if (made === undefined) throw new Error(`the system of ${application.name} is gone`)
    keys.set(application.name, made.key)
    return made.key
  }

  /** What rows have in the granted fields, of rows that can be looked up by a number. */
  function samplesOf({ entryKey, fields }: DemoApplication): readonly Readonly<Record<string, string>>[] {
    const name = `${entryKey} ${fields.join()}`
    const known = samples.get(name)
    if (known !== undefined) return known
    const table = tableOf(stage, entryKey)
    const columns = fields.map((field) => [field, table.fields.findIndex((one) => one.name === field)] as const)
    const number = columns.find(([field]) => NUMBERS.test(field))
    const found: Record<string, string>[] = []
    for (const row of number === undefined ? [] : table.rows()) {
      if (found.length >= VALUES) break
      if (/^[0-9A-Z]{15,18}$/.test(row[number![1]] ?? '')) found.push(Object.fromEntries(columns.map(([field, column]) => [field, row[column] ?? ''])))
    }
    samples.set(name, found)
    return found
  }

  const between = (least: number, most: number): number => least + Math.floor(random.fraction() * (most - least + 1))

  return {
    /** One call by a granted system: by number where the grant has one, else a page; whether values are right, where nothing more was granted. */
    async callByGrant(application: DemoApplication): Promise<void> {
      const headers = { authorization: `Bearer ${await keyFor(application)}` }
      const url = `/data/v1/${entryOf(stage, application.entryKey)}`
      const found = samplesOf(application)
      const sample = found[between(0, found.length - 1)]
      const field = application.fields.find((name) => NUMBERS.test(name))
      if (application.delivery === 'verify') await send(stage, { method: 'POST', url: `${url}/verify`, headers, payload: sample ?? {} })
      else if (field === undefined || sample === undefined) await send(stage, { url: `${url}/rows?limit=${between(5, 50)}`, headers })
      else await send(stage, { url: `${url}/rows?${encodeURIComponent(field)}=${encodeURIComponent(sample[field] ?? '')}`, headers })
    },
    /** A call that is refused: by a grant that is no longer in force, or for a field that was never granted. */
    async callInVain(application: DemoApplication): Promise<void> {
      const headers = { authorization: `Bearer ${await keyFor(application)}` }
      await send(stage, { url: `/data/v1/${entryOf(stage, application.entryKey)}/rows?select=${encodeURIComponent('备注说明')}`, headers }, true)
    },
    /** Somebody looks at an open data set, now and then takes it home. */
    async readOpenly(key: string): Promise<void> {
      const code = entryOf(stage, key)
      const home = random.fraction() < 0.1
      await send(stage, {
        url: home ? `/data/v1/${code}/download?format=csv` : `/data/v1/${code}/rows?limit=${between(10, 100)}`,
        // Addresses for documentation, RFC 5737: each visitor has a quota of their own.
        remoteAddress: `203.0.113.${between(1, 254)}`,
      })
    },
    between,
  }
}

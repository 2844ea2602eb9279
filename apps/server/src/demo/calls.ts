import type { DemoApplication, DemoTable } from '@datong/demo-city'
import { seededRandom } from '@datong/kernel'
import { nameOf } from './applications.ts'
import { callerOf, entryOf, send, type Stage, tableOf } from './context.ts'

const VALUES = 40

/** Systems that call with keys and people who look at open data, so that figures of use are there from the first minute. */
export function createCallers(stage: Stage) {
  const keys = new Map<string, string>()
  const samples = new Map<string, readonly string[]>()
  const random = seededRandom(7)

  /** A key of the system that the grant was made for; its last start took an earlier one to the grave. */
  async function keyFor(application: DemoApplication): Promise<string> {
    const name = nameOf(application)
    const known = keys.get(name)
    if (known !== undefined) return known
    const { identity, sharing } = stage.datong
    const caller = await callerOf(stage, application.applicant)
    const grants = await sharing.grantsOfOrganisation(application.consumer ?? '', entryOf(stage, application.entryKey))
    const grant = grants.find(({ application_id }) => application_id === stage.progress.state.applications[name])
    const made = grant && await identity.keys.create(grant.app_id, '正式环境', null, caller.actor)
    if (made === undefined) throw new Error(`${name} has no grant to call with`)
    keys.set(name, made.key)
    return made.key
  }

  /** Values of a field that rows have, to look rows up by. */
  function valuesOf(table: DemoTable, field: string): readonly string[] {
    const name = `${table.key} ${field}`
    const known = samples.get(name)
    if (known !== undefined) return known
    const column = table.fields.findIndex((one) => one.name === field)
    const values: string[] = []
    for (const row of table.rows()) {
      if (values.length >= VALUES) break
      const value = row[column]
      if (value !== undefined && /^[0-9A-Z]{15,18}$/.test(value)) values.push(value)
    }
    samples.set(name, values)
    return values
  }

  const between = (least: number, most: number): number => least + Math.floor(random.fraction() * (most - least + 1))

  return {
    /** One look-up by a granted system: by number where the grant has one, else a page. */
    async callByGrant(application: DemoApplication): Promise<void> {
      const table = tableOf(stage, application.entryKey)
      const field = application.fields.find((name) => /代码|号码|识别号|身份证号/.test(name))
      const values = field === undefined ? [] : valuesOf(table, field)
      const query = field === undefined || values.length === 0 ? `limit=${between(5, 50)}`
        : `${encodeURIComponent(field)}=${encodeURIComponent(values[between(0, values.length - 1)] ?? '')}`
      await send(stage, {
        url: `/data/v1/${entryOf(stage, application.entryKey)}/rows?${query}`, headers: { authorization: `Bearer ${await keyFor(application)}` },
      })
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

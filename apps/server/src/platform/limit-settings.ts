import type { Actor, ErrorCode, Limit as LimitView, LimitChanges, LimitPreset } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { type Db, type Trx, withTables } from '@datong/metadata-store'
import type { JSONColumnType } from 'kysely'
import type { Limit } from './working-clock.ts'

/** A limit of a process as the program knows it before anybody set it. */
export type LimitDefinition = Pick<LimitView, 'unit' | 'default' | 'minimum' | 'maximum' | 'source' | 'toBeConfirmed' | 'presets'>

interface LimitTable {
  key: string
  value: number
  source: string
  to_be_confirmed: boolean
  changed_at: Date
  changed_by: JSONColumnType<Actor>
}

/** Where the limits of a process are kept, and what they are. */
export interface LimitBook<Key extends string> {
  /** Schema and name of a table as `LimitTable` says. */
  readonly table: 'sharing.setting' | 'catalog.setting'
  readonly keys: readonly Key[]
  readonly definitions: Readonly<Record<Key, LimitDefinition>>
  /** Where a preset's values come from; null: from the sources of the definitions. */
  readonly presetSources: Readonly<Record<LimitPreset, string | null>>
  readonly invalid: ErrorCode
}

/** One limit that was changed, for its evidence. */
interface LimitChange<Key> {
  readonly key: Key
  readonly title: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** Limits that the bureau may set, each with the rule it comes from. */
export function createLimits<Key extends string>({ table, keys, definitions, presetSources, invalid }: LimitBook<Key>) {
  const within = (db: Db | Trx) => withTables<Record<typeof table, LimitTable>>(db)

  /** Every limit as it holds now. */
  async function read(db: Db | Trx): Promise<LimitView<Key>[]> {
    const set = new Map((await within(db).selectFrom(table).selectAll().execute()).map((row) => [row.key, row]))
    return keys.map((key) => {
      const definition = definitions[key]
      const row = set.get(key)
      return {
        key, ...definition, presets: { ...definition.presets }, value: row?.value ?? definition.default, source: row?.source ?? definition.source,
        toBeConfirmed: row?.to_be_confirmed ?? definition.toBeConfirmed, changedAt: row?.changed_at.toISOString() ?? null, changedBy: row?.changed_by.name ?? null,
      }
    })
  }

  /** One limit as it holds now: a clock that begins takes it along. Months are given as they are. */
  async function one(db: Db | Trx, key: Key): Promise<Limit> {
    const row = await within(db).selectFrom(table).select(['value', 'source']).where('key', '=', key).executeTakeFirst()
    return { workingDays: row?.value ?? definitions[key].default, source: row?.source ?? definitions[key].source }
  }

  /** A preset sets all limits; changes beside it come on top. */
  function changesOf({ preset, changes = [] }: LimitChanges<Key>): NonNullable<LimitChanges<Key>['changes']> {
    if (preset === undefined) return changes
    const own = new Map(changes.map((change) => [change.key, change]))
    const source = presetSources[preset]
    return keys.map((key) => own.get(key) ?? {
      key, value: definitions[key].presets[preset] ?? definitions[key].default, toBeConfirmed: source !== null || definitions[key].toBeConfirmed, ...(source === null ? {} : { source }),
    })
  }

  function issuesOf({ preset }: LimitChanges<Key>, changes: ReturnType<typeof changesOf>): Issue[] {
    if (preset === undefined && changes.length === 0) return [{ pointer: '/changes', code: 'missing', message: '请给出要修改的时限或选择一套预设' }]
    return changes.flatMap(({ key, value }, index): Issue[] => {
      const { minimum, maximum } = definitions[key]
      return [
        ...(value < minimum || value > maximum ? [{ pointer: `/changes/${index}/value`, code: 'out-of-range', message: `须在 ${minimum} 至 ${maximum} 之间` }] : []),
        ...(changes.findIndex((other) => other.key === key) < index ? [{ pointer: `/changes/${index}/key`, code: 'twice', message: '同一时限出现两次' }] : []),
      ]
    })
  }

  /**
   * Changes limits, each with its evidence. Clocks that run keep what they began with.
   * @throws AppError the book's `invalid` with all issues
   */
  async function change(
    trx: Trx, body: LimitChanges<Key>, by: { readonly actor: Actor; readonly at: Date }, record: (change: LimitChange<Key>) => Promise<unknown>,
  ): Promise<LimitView<Key>[]> {
    const changes = changesOf(body)
    const issues = issuesOf(body, changes)
    if (issues.length > 0) throw new AppError(invalid, {}, issues)
    const before = new Map((await read(trx)).map((limit) => [limit.key, limit]))
    for (const { key, value, source, toBeConfirmed } of changes) {
      const values = {
        value, source: source ?? definitions[key].source, to_be_confirmed: toBeConfirmed ?? false, changed_at: by.at, changed_by: JSON.stringify(by.actor),
      }
      await within(trx).insertInto(table).values({ key, ...values }).onConflict((conflict) => conflict.column('key').doUpdateSet(values)).execute()
      await record({
        key, title: values.source,
        detail: { name: key, before: before.get(key)?.value ?? definitions[key].default, after: value, source: values.source, toBeConfirmed: values.to_be_confirmed, reason: body.reason },
      })
    }
    return read(trx)
  }

  return { read, one, change }
}

/** Working days by the State Council's rule and by Shanxi's. */
export const workingDays = (
  states: number, shanxi: number, source: string, toBeConfirmed = false, minimum = 1, maximum = 90,
): LimitDefinition => ({ unit: 'working-days', default: states, minimum, maximum, source, toBeConfirmed, presets: { 'state-council': states, shanxi } })

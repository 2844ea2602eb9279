import { type BodyOf, type operations, SHARING_SETTINGS, type SharingSetting, type SharingSettingKey } from '@datong/contracts'
import { AppError, type Issue } from '@datong/kernel'
import { type Db, inTransaction, type Trx, withTables } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import type { SharingContext } from '../context.ts'
import type { Limit } from '../clocks/clock.ts'
import type { SharingTables } from '../tables.ts'
import { PRESET_SOURCES, SETTINGS } from './definitions.ts'

type Body = BodyOf<typeof operations.setSharingSettings>
type Change = NonNullable<Body['changes']>[number]

/** Every limit as it holds now. */
export async function readSettings(db: Db | Trx): Promise<SharingSetting[]> {
  const rows = await withTables<SharingTables>(db).selectFrom('sharing.setting').selectAll().execute()
  const set = new Map(rows.map((row) => [row.key, row]))
  return SHARING_SETTINGS.map((key) => {
    const definition = SETTINGS[key]
    const row = set.get(key)
    return {
      key, ...definition, presets: { ...definition.presets }, value: row?.value ?? definition.default, source: row?.source ?? definition.source,
      toBeConfirmed: row?.to_be_confirmed ?? definition.toBeConfirmed, changedAt: row?.changed_at.toISOString() ?? null, changedBy: row?.changed_by.name ?? null,
    }
  })
}

/** One limit as it holds now: a clock that begins takes it along. Months are given as they are. */
export async function readLimit(db: Db | Trx, key: SharingSettingKey): Promise<Limit> {
  const row = await withTables<SharingTables>(db).selectFrom('sharing.setting').select(['value', 'source']).where('key', '=', key).executeTakeFirst()
  return { workingDays: row?.value ?? SETTINGS[key].default, source: row?.source ?? SETTINGS[key].source }
}

/**
 * Changes limits, each with its evidence. Clocks that run keep what they began with.
 * @throws AppError `sharing/invalid-setting` with all issues
 */
export async function changeSettings(context: SharingContext, body: Body, caller: Caller): Promise<SharingSetting[]> {
  const changes = changesOf(body)
  const issues = issuesOf(body, changes)
  if (issues.length > 0) throw new AppError('sharing/invalid-setting', {}, issues)
  return inTransaction(context.db, async (trx) => {
    const before = new Map((await readSettings(trx)).map((setting) => [setting.key, setting]))
    for (const { key, value, source, toBeConfirmed } of changes) {
      const old = before.get(key)
      const values = {
        value, source: source ?? SETTINGS[key].source, to_be_confirmed: toBeConfirmed ?? false, changed_at: context.clock.now(), changed_by: JSON.stringify(caller.actor),
      }
      await withTables<SharingTables>(trx).insertInto('sharing.setting').values({ key, ...values })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(values)).execute()
      await context.evidence.record(trx, {
        chain: 'decision', action: 'sharing.settings.changed', actor: caller.actor, parties: [], subject: { type: 'sharing-setting', id: key, title: values.source },
        detail: { name: key, before: old?.value ?? SETTINGS[key].default, after: value, source: values.source, toBeConfirmed: values.to_be_confirmed, reason: body.reason },
      })
    }
    return readSettings(trx)
  })
}

/** A preset sets all limits; changes beside it come on top. */
function changesOf({ preset, changes = [] }: Body): Change[] {
  if (preset === undefined) return changes
  const own = new Map(changes.map((change) => [change.key, change]))
  return SHARING_SETTINGS.map((key) => {
    const source = PRESET_SOURCES[preset]
    return own.get(key) ?? {
      key, value: SETTINGS[key].presets[preset] ?? SETTINGS[key].default, toBeConfirmed: source !== null || SETTINGS[key].toBeConfirmed, ...(source === null ? {} : { source }),
    }
  })
}

function issuesOf({ preset }: Body, changes: readonly Change[]): Issue[] {
  if (preset === undefined && changes.length === 0) return [{ pointer: '/changes', code: 'missing', message: '请给出要修改的时限或选择一套预设' }]
  return changes.flatMap(({ key, value }, index): Issue[] => {
    const { minimum, maximum } = SETTINGS[key]
    return [
      ...(value < minimum || value > maximum ? [{ pointer: `/changes/${index}/value`, code: 'out-of-range', message: `须在 ${minimum} 至 ${maximum} 之间` }] : []),
      ...(changes.findIndex((other) => other.key === key) < index ? [{ pointer: `/changes/${index}/key`, code: 'twice', message: '同一时限出现两次' }] : []),
    ]
  })
}

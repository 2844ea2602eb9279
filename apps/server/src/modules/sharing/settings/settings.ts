import { type BodyOf, type operations, SHARING_SETTINGS, type Limit as LimitView, type SharingSettingKey } from '@datong/contracts'
import { type Db, inTransaction, type Trx } from '@datong/metadata-store'
import type { Caller } from '../../../platform/caller.ts'
import { createLimits } from '../../../platform/limit-settings.ts'
import type { Limit } from '../clocks/clock.ts'
import type { SharingContext } from '../context.ts'
import { PRESET_SOURCES, SETTINGS } from './definitions.ts'

const limits = createLimits({ table: 'sharing.setting', keys: SHARING_SETTINGS, definitions: SETTINGS, presetSources: PRESET_SOURCES, invalid: 'sharing/invalid-setting' })

/** Every limit as it holds now. */
export const readSettings = (db: Db | Trx): Promise<LimitView<SharingSettingKey>[]> => limits.read(db)

/** One limit as it holds now: a clock that begins takes it along. Months are given as they are. */
export const readLimit = (db: Db | Trx, key: SharingSettingKey): Promise<Limit> => limits.one(db, key)

/**
 * Changes limits, each with its evidence. Clocks that run keep what they began with.
 * @throws AppError `sharing/invalid-setting` with all issues
 */
export const changeSettings = (context: SharingContext, body: BodyOf<typeof operations.setSharingSettings>, { actor }: Caller): Promise<LimitView<SharingSettingKey>[]> =>
  inTransaction(context.db, (trx) => limits.change(trx, body, { actor, at: context.clock.now() }, ({ key, title, detail }) => context.evidence.record(trx, {
    chain: 'decision', action: 'sharing.settings.changed', actor, parties: [], subject: { type: 'sharing-setting', id: key, title }, detail,
  })))

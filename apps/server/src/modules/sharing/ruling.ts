import type { Actor, RuleRef } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import type { EntryRecord } from '../catalog/index.ts'
import type { SharingContext } from './context.ts'
import type { ApplicationRow } from './sharing-store.ts'

/** What the rules say to an application: grant it, refuse it with the legal basis, or leave it to people. */
export type Ruling =
  | { readonly kind: 'grant'; readonly rule: RuleRef }
  | { readonly kind: 'refuse'; readonly rule: RuleRef; readonly reason: string; readonly legalBasis: string }
  | { readonly kind: 'route'; readonly rule: RuleRef | null }

/** What a ruling looks at; the application may be a draft that is not stored. */
export interface RulingMatter {
  readonly application: ApplicationRow
  readonly entry: EntryRecord
  /** Who files it, or hands in what was owed. */
  readonly caller: Caller
}

const UNCONDITIONAL: RuleRef = { id: 'unconditional', version: 1, name: '无条件共享' }

/** The rules' word on an application, before any person looks at it. Reads within `trx`, changes nothing. */
export async function rulingOf(_context: SharingContext, _trx: Trx, { application, entry }: RulingMatter): Promise<Ruling> {
  const department = application.consumer_organisation !== null
  const free = department ? entry.sharingType === 'unconditional' : entry.openingType === 'open'
  return free ? { kind: 'grant', rule: UNCONDITIONAL } : { kind: 'route', rule: null }
}

/** A rule as the one who acts, in histories and evidence. */
export const ruleActor = (rule: RuleRef): Actor => ({ kind: 'system', id: `rule:${rule.id}`, name: `秒批规则：${rule.name}`, organisation: null })

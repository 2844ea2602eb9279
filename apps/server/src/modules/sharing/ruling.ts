import type { Actor, RuleRef } from '@datong/contracts'
import type { Trx } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import type { EntryRecord } from '../catalog/index.ts'
import type { SharingContext } from './context.ts'
import { type Decided, decideByRules, keepRuling, rulesContextOf } from './rules/index.ts'
import type { ApplicationRow } from './sharing-store.ts'

/** What the rules say to an application: grant it, refuse it with the legal basis, or leave it to people. */
export type Ruling = (
  | { readonly kind: 'grant'; readonly rule: RuleRef }
  | { readonly kind: 'refuse'; readonly rule: RuleRef; readonly reason: string; readonly legalBasis: string }
  | { readonly kind: 'route'; readonly rule: RuleRef | null }
) & {
  /** What it was decided on, to be kept with the application. */
  readonly decided: Decided
}

/** What a ruling looks at; the application may be a draft that is not stored. */
export interface RulingMatter {
  readonly application: ApplicationRow
  readonly entry: EntryRecord
  /** Who files it, or hands in what was owed. */
  readonly caller: Caller
}

const UNCONDITIONAL: RuleRef = { id: 'unconditional', version: 1, name: '无条件共享' }
const NEGATIVE_LIST: RuleRef = { id: 'negative-list', version: 1, name: '不予共享' }

/** The rules' word on an application, before any person looks at it. Reads within `trx`, changes nothing. */
export async function rulingOf(context: SharingContext, trx: Trx, { application, entry }: RulingMatter): Promise<Ruling> {
  const decided = await decideByRules(rulesContextOf(context), { application, entry }, trx)
  const { effect, ground, reason, legalBasis } = decided
  const rule = decided.rule === null ? null : { id: decided.rule.id, version: decided.rule.version, name: decided.rule.name }
  if (effect === 'grant') return { kind: 'grant', rule: rule ?? UNCONDITIONAL, decided }
  if (effect === 'refuse') return { kind: 'refuse', rule: rule ?? NEGATIVE_LIST, reason, legalBasis, decided }
  return { kind: 'route', rule: ground === 'rule' ? rule : null, decided }
}

/** The same ruling with the decision taken from it: people look at the application. */
export const routed = ({ rule, decided }: Ruling): Ruling => ({ kind: 'route', rule, decided: { ...decided, effect: 'route' } })

/** Keeps the ruling with the application, so that the applicant sees its ground and a rule can be tried on it later. */
export const keepRulingOf = (context: SharingContext, trx: Trx, application: Pick<ApplicationRow, 'id'>, { decided }: Ruling): Promise<void> =>
  keepRuling(rulesContextOf(context), trx, application.id, decided)

/** A rule as the one who acts, in histories and evidence. */
export const ruleActor = (rule: RuleRef): Actor => ({ kind: 'system', id: `rule:${rule.id}`, name: `秒批规则：${rule.name}`, organisation: null })

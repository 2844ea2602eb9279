import type { BodyOf, operations } from '@datong/contracts'
import { AppError, chinaDay, type Issue } from '@datong/kernel'
import { type Caller, holds } from '../../../platform/caller.ts'
import { type EntryRecord, mayBeGrantedTo } from '../../catalog/index.ts'
import type { SharingContext } from '../context.ts'
import { resolvePurpose } from '../purposes/index.ts'
import { readLimit } from '../settings/settings.ts'
import type { GrantRow } from '../sharing-store.ts'
import { filterIssues } from './check-filter.ts'
import { mayReplace } from './coarser-masks.ts'

export type ApplyBody = BodyOf<typeof operations.apply>

/** What an application is about, looked up and seen to be within the caller's sight. */
export interface Request {
  readonly entry: EntryRecord
  /** The grant to be renewed or changed, if it is one of the caller's. */
  readonly linked: GrantRow | undefined
  /** Of the catalogue of purposes; null when the text speaks of none. */
  readonly purposeCode: string | null
  readonly issues: readonly Issue[]
}

/**
 * Looks up what is asked for and finds everything that is wrong with the asking.
 * @throws AppError `request/not-found`, `sharing/not-shared`
 */
export async function checkApplication(context: SharingContext, body: Partial<ApplyBody> & Pick<ApplyBody, 'entryCode' | 'fields'>, caller: Caller): Promise<Request> {
  const entry = await context.catalog.requireVisible(body.entryCode, caller)
  if (entry.state !== 'published') throw new AppError('request/not-found')
  const department = holds(caller, 'consumer')
  if (!mayBeGrantedTo(department ? caller.organisation : null, entry)) throw new AppError('sharing/not-shared', { code: entry.code, legalBasis: entry.legalBasis })
  const app = body.appId === undefined ? undefined : await context.apps.findOwn(body.appId, caller)
  const linkId = body.renews ?? body.changes
  const linked = linkId === undefined ? undefined : await ownGrant(context, linkId, caller)
  const issues: Issue[] = []
  const known = new Set(entry.fields.map((field) => field.name))
  body.fields.forEach((name, index) => {
    if (!known.has(name)) issues.push({ pointer: `/fields/${index}`, code: 'unknown-field', message: `条目没有信息项“${name}”` })
  })
  issues.push(...filterIssues(body.filter ?? [], entry.fields))
  issues.push(...maskingIssues(context, body, entry))
  if (body.until !== undefined && body.until <= chinaDay(context.clock.now())) issues.push({ pointer: '/until', code: 'past', message: '使用期限须晚于今天' })
  const { workingDays: months } = await readLimit(context.db, 'longest-grant')
  if (body.until !== undefined && body.until > monthsAfter(chinaDay(context.clock.now()), months)) {
    issues.push({ pointer: '/until', code: 'too-long', message: `使用期限最长 ${months} 个月，到期可以续期` })
  }
  if (body.appId !== undefined && app === undefined) issues.push({ pointer: '/appId', code: 'unknown-app', message: '没有这个应用，或不属于本部门' })
  if (caller.organisation !== null && caller.organisation === entry.organisation) {
    issues.push({ pointer: '/entryCode', code: 'own-entry', message: '本部门的数据无需申请' })
  }
  if (body.commitment === false) issues.push({ pointer: '/commitment', code: 'commitment-needed', message: '须承诺不超出目的使用、不向第三方提供' })
  if (body.versionRule?.kind === 'fixed' && !(await context.hasVersion(entry.code, body.versionRule.version))) {
    issues.push({ pointer: '/versionRule/version', code: 'unknown-version', message: `没有数据版本 ${body.versionRule.version}` })
  }
  issues.push(...linkIssues(body, linked))
  const purpose = await resolvePurpose(context.db, body)
  issues.push(...purpose.issues)
  return { entry, linked, purposeCode: purpose.code, issues }
}

/** A coarser form is one that is known, of a field that is asked for and delivered as it is: nobody asks a mask away. */
function maskingIssues({ maskingMethods }: SharingContext, { masking = {}, fields }: Pick<Partial<ApplyBody>, 'masking'> & Pick<ApplyBody, 'fields'>, entry: EntryRecord): Issue[] {
  const delivered = new Map(entry.fields.map((field) => [field.name, field.masking]))
  return Object.entries(masking).flatMap(([name, method]): Issue[] => {
    const pointer = `/masking/${name}`
    if (!fields.includes(name)) return [{ pointer, code: 'not-asked', message: `申请中没有信息项“${name}”` }]
    if (!mayReplace(delivered.get(name) ?? null, method)) return [{ pointer, code: 'masked-already', message: `信息项“${name}”本来就脱敏交付` }]
    return maskingMethods.includes(method) && method !== 'keep' ? [] : [{ pointer, code: 'unknown-masking-method', message: `没有脱敏方法“${method}”` }]
  })
}

async function ownGrant(context: SharingContext, id: string, caller: Caller): Promise<GrantRow | undefined> {
  const grant = await context.store.findGrant(id)
  const own = caller.organisation === null ? grant?.applicant_id === caller.actor.id : grant?.consumer_organisation === caller.organisation
  return own ? grant : undefined
}

function linkIssues(body: Pick<Partial<ApplyBody>, 'renews' | 'changes' | 'entryCode' | 'appId'>, linked: GrantRow | undefined): Issue[] {
  const linkId = body.renews ?? body.changes
  if (linkId === undefined) return []
  const pointer = body.renews === undefined ? '/changes' : '/renews'
  if (body.renews !== undefined && body.changes !== undefined) return [{ pointer: '/changes', code: 'renewal-or-change', message: '续期与变更只能选择一项' }]
  // A grant of others is answered as one that does not exist.
  if (linked === undefined || linked.entry_code !== body.entryCode) return [{ pointer, code: 'unknown-grant', message: '本部门没有这个目录的这项授权' }]
  if (linked.state !== 'active') return [{ pointer, code: 'grant-not-active', message: '这项授权已不在有效状态，请重新申请' }]
  if (body.appId !== undefined && body.appId !== linked.app_id) return [{ pointer: '/appId', code: 'other-app', message: '续期和变更沿用原授权的应用' }]
  return []
}

/** The same day of the month so many months later; the last day of a shorter month. */
function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number] // a calendar date
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

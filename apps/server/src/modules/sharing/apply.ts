import type { Actor, BodyOf, operations } from '@datong/contracts'
import { AppError, chinaDay, type Issue, uuidv7 } from '@datong/kernel'
import { inTransaction } from '@datong/metadata-store'
import type { Caller } from '../../platform/caller.ts'
import { holds } from '../../platform/caller.ts'
import type { EntryRecord } from '../catalog/index.ts'
import { filterIssues } from './check-filter.ts'
import type { SharingContext } from './context.ts'
import { startClock } from './deadlines.ts'
import { DEFAULT_QUOTA, makeGrant } from './make-grant.ts'
import { recordStep } from './record-step.ts'
import type { ApplicationRow } from './sharing-store.ts'

type ApplyBody = BodyOf<typeof operations.apply>

const RULE: Actor = { kind: 'system', id: 'rule:unconditional', name: '秒批规则：无条件共享', organisation: null }

/**
 * Files an application. For unconditional entries the rule grants it in the same transaction; for the others the answer's
 * clock starts.
 * @throws AppError `request/not-found`, `sharing/not-shared`, `sharing/invalid-application` with all issues
 */
export async function apply(context: SharingContext, body: ApplyBody, caller: Caller): Promise<ApplicationRow> {
  const entry = await context.catalog.requireVisible(body.entryCode, caller)
  if (entry.state !== 'published') throw new AppError('request/not-found')
  const department = holds(caller, 'consumer')
  const notForDepartment = department && entry.sharingType === 'not-shared'
  const notForPublic = !department && entry.openingType === 'closed'
  if (notForDepartment || notForPublic) throw new AppError('sharing/not-shared', { code: entry.code, legalBasis: entry.legalBasis })
  const app = body.appId === undefined ? undefined : await context.apps.findOwn(body.appId, caller)
  const issues = issuesOf(body, entry, caller, chinaDay(context.clock.now()), body.appId !== undefined && app === undefined)
  if (issues.length > 0) throw new AppError('sharing/invalid-application', { code: entry.code }, issues)

  const instant = department ? entry.sharingType === 'unconditional' : entry.openingType === 'open'
  const kind = instant ? 'answer-unconditional' : 'answer-conditional'
  return inTransaction(context.db, async (trx) => {
    const now = context.clock.now()
    const time = startClock(kind, now, context.calendar)
    const id = uuidv7(context.clock, context.random)
    await context.store.insertApplication(trx, {
      id,
      number: await context.store.nextNumber(trx, 'application', now.getUTCFullYear()),
      entry_code: entry.code,
      entry_title: entry.title,
      provider_organisation: entry.organisation,
      consumer_organisation: caller.organisation,
      applicant_id: caller.actor.id,
      applicant_name: caller.actor.name,
      fields: body.fields,
      filter: JSON.stringify(body.filter ?? []),
      purpose: body.purpose,
      use_text: body.use,
      legal_basis: body.legalBasis ?? '',
      delivery: body.delivery,
      until: body.until,
      app_id: body.appId ?? null,
      state: 'submitted',
      clock_kind: kind,
      clock_working_days: time.workingDays,
      clock_started_at: time.startedAt,
      clock_paused_at: null,
      due_at: time.dueAt,
      submitted_at: now,
      decided_at: null,
      missing_notified: false,
      evaluation_score: null,
      grant_id: null,
      revision: 0,
    })
    const application = (await context.store.lockApplication(trx, id))! // inserted just now
    await recordStep(trx, context, { application, actor: caller.actor, action: 'submitted' })
    if (!instant) return application

    const grant = await makeGrant(trx, context, application, { fields: application.fields, masking: {}, quota: DEFAULT_QUOTA, until: application.until }, RULE)
    const approved = await context.store.updateApplication(trx, application, { state: 'approved', decided_at: context.clock.now(), grant_id: grant.id })
    await recordStep(trx, context, { application: approved, actor: RULE, action: 'approved', reason: '无条件共享，系统即时授权', detail: { grant: grant.number } })
    return approved
  })
}

function issuesOf(body: ApplyBody, entry: EntryRecord, caller: Caller, today: string, unknownApp: boolean): Issue[] {
  const issues: Issue[] = []
  const known = new Set(entry.fields.map((field) => field.name))
  body.fields.forEach((name, index) => {
    if (!known.has(name)) issues.push({ pointer: `/fields/${index}`, code: 'unknown-field', message: `条目没有信息项“${name}”` })
  })
  issues.push(...filterIssues(body.filter ?? [], entry.fields))
  if (body.until <= today) issues.push({ pointer: '/until', code: 'past', message: '使用期限须晚于今天' })
  if (unknownApp) issues.push({ pointer: '/appId', code: 'unknown-app', message: '没有这个应用，或不属于本部门' })
  if (caller.organisation !== null && caller.organisation === entry.organisation) {
    issues.push({ pointer: '/entryCode', code: 'own-entry', message: '本部门的数据无需申请' })
  }
  return issues
}

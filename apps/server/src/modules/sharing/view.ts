import type { Application, Grant, OrganisationRef } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import type { Caller } from '../../platform/caller.ts'
import type { EntryRecord } from '../catalog/index.ts'
import { isAllowed } from './actions/action.ts'
import { ACTIONS } from './actions/index.ts'
import type { SharingContext } from './context.ts'
import { viewClock } from './deadlines.ts'
import type { ApplicationRow, GrantRow } from './sharing-store.ts'

/** The applicant outside the departments has no organisation. */
const PUBLIC_ORGANISATION: OrganisationRef = { code: 'public', name: '公众', nameEn: 'The public' }

const organisationOf = (context: SharingContext, code: string | null): OrganisationRef =>
  code === null ? PUBLIC_ORGANISATION : context.organisations.ref(code)

/** Fields as the entry describes them now; a field that the entry lost is shown by its name alone. */
function fieldsOf(names: readonly string[], entry: EntryRecord | undefined, masking: Readonly<Record<string, string>> = {}): Grant['fields'] {
  const known = new Map(entry?.fields.map((field) => [field.name, field]))
  return names.map((name) => {
    const field = known.get(name)
    return {
      name, description: field?.description ?? '', type: field?.type ?? 'text', grade: field?.grade ?? 'internal',
      masking: masking[name] ?? field?.masking ?? null,
    }
  })
}

async function entriesOf(context: SharingContext, rows: readonly { entry_code: string }[]): Promise<Map<string, EntryRecord>> {
  const entries = await context.catalog.findMany([...new Set(rows.map((row) => row.entry_code))])
  return new Map(entries.map((entry) => [entry.code, entry]))
}

export async function viewApplications(context: SharingContext, rows: readonly ApplicationRow[], caller: Caller): Promise<Application[]> {
  const [entries, histories, grants] = await Promise.all([
    entriesOf(context, rows),
    context.store.histories(rows.map((row) => row.id)),
    Promise.all(rows.map((row) => (row.grant_id === null ? undefined : context.store.findGrant(row.grant_id)))),
  ])
  const now = context.clock.now()
  return rows.map((row, index) => {
    const clock = viewClock({
      kind: row.clock_kind, workingDays: row.clock_working_days, startedAt: row.clock_started_at, dueAt: row.due_at,
      pausedAt: row.clock_paused_at, stoppedAt: row.decided_at,
    }, now, context.calendar)
    const grant = grants[index]
    const names = Object.keys(ACTIONS) as (keyof typeof ACTIONS)[] // the registry's own keys
    return {
      id: row.id,
      number: row.number,
      entryCode: row.entry_code,
      entryTitle: row.entry_title,
      consumer: organisationOf(context, row.consumer_organisation),
      provider: organisationOf(context, row.provider_organisation),
      applicant: row.applicant_name,
      fields: fieldsOf(row.fields, entries.get(row.entry_code), grant?.masking),
      filter: row.filter,
      purpose: row.purpose,
      use: row.use_text,
      legalBasis: row.legal_basis,
      delivery: row.delivery,
      until: row.until,
      quota: null,
      appId: row.app_id,
      link: null,
      commitment: { text: '', explicit: false },
      state: row.state,
      clock,
      clocks: [clock],
      dueAt: clock.dueAt,
      submittedAt: row.submitted_at.toISOString(),
      decidedAt: row.decided_at?.toISOString() ?? null,
      decision: null, rule: null, opinions: [], material: [], escalatedAt: null, urgedAt: null, mediation: null, evaluations: [], evaluationDueAt: null,
      history: histories.get(row.id) ?? [],
      grantId: row.grant_id,
      revision: row.revision,
      allowedActions: names.filter((action) => isAllowed(ACTIONS[action], caller, row, grant)),
    }
  })
}

export async function viewGrants(context: SharingContext, rows: readonly GrantRow[]): Promise<Grant[]> {
  const [entries, uses, apps] = await Promise.all([
    entriesOf(context, rows),
    context.useOf(rows.map((row) => row.id)),
    context.apps.names(rows.map((row) => row.app_id)),
  ])
  const today = chinaDay(context.clock.now())
  return rows.map((row) => {
    const use = uses.get(row.id)
    return {
      id: row.id,
      number: row.number,
      applicationId: row.application_id,
      entryCode: row.entry_code,
      entryTitle: row.entry_title,
      consumer: organisationOf(context, row.consumer_organisation),
      provider: organisationOf(context, row.provider_organisation),
      appId: row.app_id,
      appName: apps.get(row.app_id) ?? '',
      purpose: row.purpose,
      fields: fieldsOf(row.fields, entries.get(row.entry_code), row.masking),
      filter: row.filter,
      quota: { perSecond: row.quota_per_second, perDay: row.quota_per_day },
      until: row.until,
      state: row.state !== 'revoked' && row.until < today ? 'expired' : row.state,
      createdAt: row.created_at.toISOString(),
      replacedBy: null,
      evaluationDueAt: null,
      callsToday: use?.callsToday ?? 0,
      callsTotal: use?.callsTotal ?? 0,
      rowsTotal: use?.rowsTotal ?? 0,
      lastUsedAt: use?.lastUsedAt?.toISOString() ?? null,
    }
  })
}

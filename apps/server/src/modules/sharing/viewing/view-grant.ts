import type { Grant } from '@datong/contracts'
import { chinaDay } from '@datong/kernel'
import type { SharingContext } from '../context.ts'
import { evaluationDueAt } from '../evaluating/evaluation-due.ts'
import { readLimit } from '../settings/settings.ts'
import type { GrantRow } from '../sharing-store.ts'
import { fieldsOf, isoOf, organisationOf } from './parts.ts'
import { quotaOf } from '../granting/quota.ts'

/** The job that notes the end comes some minutes after midnight; nobody who looks waits for it. */
const stateOn = (row: GrantRow, today: string): Grant['state'] => ((row.state === 'active' || row.state === 'suspended') && row.until < today ? 'expired' : row.state)

export async function viewGrants(context: SharingContext, rows: readonly GrantRow[]): Promise<Grant[]> {
  const [found, uses, apps, { workingDays: months }] = await Promise.all([
    context.catalog.findMany([...new Set(rows.map((row) => row.entry_code))]),
    context.useOf(rows.map((row) => row.id)),
    context.apps.names(rows.map((row) => row.app_id)),
    readLimit(context.db, 'evaluation-interval'),
  ])
  const entries = new Map(found.map((entry) => [entry.code, entry]))
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
      gives: row.gives,
      fields: fieldsOf(row.fields, entries.get(row.entry_code), row.masking),
      filter: row.filter,
      versionRule: row.version_rule,
      quota: quotaOf(row),
      until: row.until,
      state: stateOn(row, today),
      createdAt: row.created_at.toISOString(),
      revokedFor: row.revoked_for,
      replacedBy: row.replaced_by,
      evaluationDueAt: isoOf(evaluationDueAt(row, months)),
      callsToday: use?.callsToday ?? 0,
      callsTotal: use?.callsTotal ?? 0,
      rowsTotal: use?.rowsTotal ?? 0,
      lastUsedAt: isoOf(use?.lastUsedAt),
    }
  })
}

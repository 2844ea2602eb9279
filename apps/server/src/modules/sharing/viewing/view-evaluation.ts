import type { Evaluation } from '@datong/contracts'
import type { SharingContext } from '../context.ts'
import type { ShownEvaluation } from '../evaluating/evaluation-store.ts'
import { organisationOf } from './parts.ts'

export const viewEvaluation = (context: SharingContext, row: ShownEvaluation): Evaluation => ({
  id: row.id, applicationId: row.application_id, applicationNumber: row.number, grantId: row.grant_id, entryCode: row.entry_code, entryTitle: row.entry_title,
  consumer: organisationOf(context, row.consumer_organisation), provider: organisationOf(context, row.provider_organisation), at: row.at.toISOString(),
  by: row.actor.name, scores: { quality: row.quality, timeliness: row.timeliness, effect: row.effect }, comment: row.comment,
})

import { bulkOperations } from './bulk.ts'
import { calendarOperations } from './calendar.ts'
import { captureOperations } from './capture.ts'
import { catalogOperations } from './catalog.ts'
import { catalogSearchOperations } from './catalog-search.ts'
import { classificationOperations } from './classification.ts'
import { collectionOperations } from './collection.ts'
import { deliveryOperations } from './delivery.ts'
import { derivedOperations } from './derived.ts'
import { demandOperations } from './demands.ts'
import { entryClockOperations } from './entry-clocks.ts'
import { evidenceOperations } from './evidence.ts'
import { followingOperations } from './following.ts'
import { formOperations } from './forms.ts'
import { governanceOperations } from './governance.ts'
import { harvestOperations } from './harvest.ts'
import { identityOperations } from './identity.ts'
import { interfaceOperations } from './interfaces.ts'
import { lakeOperations } from './lake.ts'
import { ledgerOperations } from './ledger.ts'
import { linkOperations } from './links.ts'
import { metadataQualityOperations } from './metadata-quality.ts'
import { listOperations } from './lists.ts'
import { noticeOperations } from './notices.ts'
import { protectionOperations } from './protection.ts'
import { purposeOperations } from './purposes.ts'
import { pushOperations } from './push.ts'
import { qualityOperations } from './quality.ts'
import { recipeOperations } from './recipes.ts'
import { qualityRuleOperations } from './quality-rules.ts'
import { qualityTrendOperations } from './quality-trend.ts'
import { revisionOperations } from './revisions.ts'
import { ruleOperations } from './rules.ts'
import { standardsOperations } from './standards.ts'
import { subscriptionOperations } from './subscriptions.ts'
import { mergerOperations } from './mergers.ts'
import { sourceOperations } from './sources.ts'
import { sharingOperations } from './sharing.ts'
import { ticketOperations } from './tickets.ts'
import { watermarkOperations } from './watermark.ts'

export * from './bulk.ts'
export * from './calendar.ts'
export * from './capture.ts'
export * from './catalog.ts'
export * from './catalog-search.ts'
export * from './classification.ts'
export * from './client.ts'
export * from './clocks.ts'
export * from './collection.ts'
export * from './common.ts'
export * from './delivery.ts'
export * from './demands.ts'
export * from './derived.ts'
export * from './entry-clocks.ts'
export * from './errors.ts'
export * from './evidence.ts'
export * from './following.ts'
export * from './forms.ts'
export * from './governance.ts'
export * from './harvest.ts'
export * from './identity.ts'
export * from './interfaces.ts'
export * from './lake.ts'
export * from './ledger.ts'
export * from './licences.ts'
export * from './limits.ts'
export * from './links.ts'
export * from './metadata-quality.ts'
export * from './lists.ts'
export * from './notices.ts'
export * from './operation.ts'
export * from './protection.ts'
export * from './purposes.ts'
export * from './push.ts'
export * from './quality.ts'
export * from './recipe-steps.ts'
export * from './recipes.ts'
export * from './quality-rules.ts'
export * from './quality-trend.ts'
export * from './revisions.ts'
export * from './roles.ts'
export * from './rules.ts'
export * from './mergers.ts'
export * from './sharing.ts'
export * from './sources.ts'
export * from './watermark.ts'
export * from './standards.ts'
export * from './subscriptions.ts'
export * from './tickets.ts'

/** Every HTTP operation of the platform, by id. */
export const operations = {
  ...identityOperations,
  ...collectionOperations,
  ...captureOperations,
  ...sourceOperations,
  ...lakeOperations,
  ...calendarOperations,
  ...catalogOperations,
  ...bulkOperations,
  ...catalogSearchOperations,
  ...entryClockOperations,
  ...followingOperations,
  ...listOperations,
  ...demandOperations,
  ...classificationOperations,
  ...revisionOperations,
  ...standardsOperations,
  ...qualityOperations,
  ...recipeOperations,
  ...qualityRuleOperations,
  ...qualityTrendOperations,
  ...protectionOperations,
  ...mergerOperations,
  ...sharingOperations,
  ...watermarkOperations,
  ...ruleOperations,
  ...purposeOperations,
  ...deliveryOperations,
  ...linkOperations,
  ...subscriptionOperations,
  ...pushOperations,
  ...interfaceOperations,
  ...derivedOperations,
  ...evidenceOperations,
  ...metadataQualityOperations,
  ...noticeOperations,
  ...formOperations,
  ...governanceOperations,
  ...ledgerOperations,
  ...harvestOperations,
  ...ticketOperations,
} as const

import { evidenceMigration } from './migrations/20261122T0110-evidence.ts'

export { createEvidence, type EvidenceDeps } from './create-evidence.ts'
export type { Evidence, EvidenceDraft, TimedUsage, Usage, UsageInput, UsageSink } from './evidence.ts'

export const evidenceMigrations = [evidenceMigration]

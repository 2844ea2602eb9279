import { evidenceMigration } from './migrations/20261122T0110-evidence.ts'

export { createEvidence } from './create-evidence.ts'
export type { Evidence, EvidenceDraft, TimedUsage } from './evidence.ts'

export const evidenceMigrations = [evidenceMigration]

import { evidenceMigration } from './migrations/20261122T0110-evidence.ts'
import { segmentsMigration } from './migrations/20261122T0210-segments.ts'
import { meteredMigration } from './migrations/20261122T0303-metered.ts'

export { createEvidence } from './create-evidence.ts'
export type { Evidence, EvidenceDraft, TimedUsage } from './evidence.ts'

export const evidenceMigrations = [evidenceMigration, segmentsMigration, meteredMigration]

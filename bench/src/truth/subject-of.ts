import type { FieldProfile, VersionRef } from '@datong/data-engine'
import type { Subject } from '@datong/quality-rules'

const NOW = new Date('2026-03-10T00:00:00Z')

/** A version with nothing before it, loaded today. */
export const subjectOf = (version: VersionRef, rowsStored: number, rowsRejected: number, profile: readonly FieldProfile[], others: Pick<Subject, 'entries' | 'rejected'> = { entries: new Map() }): Subject => ({
  ...others, version, rowsStored, rowsRejected, profile, loadedAt: NOW, now: NOW, today: '2026-03-10', updateCycleDays: null, history: [], entry: null, codeLists: new Map(), elements: new Map(),
})

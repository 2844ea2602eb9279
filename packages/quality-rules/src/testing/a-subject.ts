import type { VersionRef } from '@datong/data-engine'
import type { Subject } from '../subject.ts'

/** A version of which little is known but its rows: loaded a fortnight ago, nothing before it. */
export const aSubject = (version: VersionRef, given: Partial<Subject> = {}): Subject => ({
  version, rowsStored: 0, rowsRejected: 0, loadedAt: new Date('2026-11-01T00:00:00Z'), now: new Date('2026-11-15T00:00:00Z'), today: '2026-11-15', profile: [],
  updateCycleDays: 7, history: [], entry: null, entries: new Map(), codeLists: new Map(), elements: new Map(), ...given,
})

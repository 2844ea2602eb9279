import type { FieldProfile, VersionRef } from '@datong/data-engine'
import { chinaDay } from '@datong/kernel'
import { type CodesFrom, type ElementFacts, type EntryFacts, needsOf, type Rule, type Subject } from '@datong/quality-rules'
import type { EntryRecord } from '../../catalog/index.ts'
import type { LakeVersion } from '../../collection/index.ts'
import type { QualityContext } from '../context.ts'
import { factsOfEndpoints } from '../endpoints/ask-entry.ts'

/** Days between two promised updates; entries that promise nothing are not held to any. */
const CYCLE_DAYS: Readonly<Record<string, number>> = { realtime: 1, daily: 1, weekly: 7, monthly: 31, quarterly: 92, yearly: 366 }

/** Earlier versions that rules may look back on. */
const LOOKED_BACK = 10

/** Rejected rows of other entries that rules may look at. */
const MOST_LINES = 1_000

/** What is known of a version before its rules are asked. */
export interface Known {
  readonly data: LakeVersion
  readonly profile: readonly FieldProfile[]
  readonly rowsRejected: number
  readonly loadedAt: Date
}

const refOf = ({ files, fields }: LakeVersion): VersionRef => ({ files, schema: fields })

/** Everything that these rules may look at. What they name and nobody has is left out; the rule says so then. */
export async function subjectOf(context: QualityContext, entry: EntryRecord, { data, profile, rowsRejected, loadedAt }: Known, rules: readonly Rule[]): Promise<Subject> {
  const needs = needsOf(rules)
  const elements = new Map<string, ElementFacts>()
  for (const id of needs.elements) {
    const element = context.standards.element(id)
    if (element !== undefined) elements.set(id, element)
  }
  const codeLists = new Map<string, readonly CodesFrom[]>()
  for (const list of [...needs.codeLists, ...[...elements.values()].flatMap(({ codeList }) => codeList ?? [])]) {
    const versions = context.standards.codeVersions(list)
    if (versions !== undefined) codeLists.set(list, versions)
  }
  const [entries, rejected] = [new Map<string, VersionRef>(), new Map<string, readonly string[]>()]
  for (const code of needs.entries) {
    const other = await context.collection.lake.current(code)
    if (other === undefined) continue
    entries.set(code, refOf(other))
    const figures = await context.store.find(code, other.number)
    if (figures !== undefined) rejected.set(code, await context.collection.rejectedLines(figures.load_id, MOST_LINES))
  }
  const now = context.clock.now()
  const before = await context.store.before(entry.code, data.number, LOOKED_BACK)
  return {
    version: refOf(data), rowsStored: data.rowCount, rowsRejected, loadedAt, now, today: chinaDay(now), profile, updateCycleDays: CYCLE_DAYS[entry.updateCycle] ?? null,
    history: before.map((one) => ({ rows: one.row_count, loadedAt: one.checked_at, fields: one.profile.map(({ name, type }) => ({ name, type, nullable: true })) })),
    entry: { metadata: metadataOf(entry), endpoints: factsOfEndpoints(await context.endpoints.ofEntry(entry.code), now) }, entries, rejected, codeLists, elements,
  }
}

/** Which of the metadata that readers need an entry has. */
function metadataOf(entry: EntryRecord): EntryFacts['metadata'] {
  const item = (name: string, present: boolean) => ({ item: name, present })
  return [
    item('title', entry.title.trim() !== ''), item('summary', entry.summary.trim() !== ''), item('keywords', entry.keywords.length > 0), item('updateCycle', entry.updateCycle !== ''),
    item('contact', entry.contact.trim() !== ''), item('sharingType', entry.sharingType !== null), item('openingType', entry.openingType !== null),
    ...entry.fields.map(({ name, description, element }) => item(`description of ${name}`, description.trim() !== '' || element !== null)),
  ]
}

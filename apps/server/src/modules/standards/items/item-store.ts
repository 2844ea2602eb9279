import { AppError } from '@datong/kernel'
import { type Db, notify, type Trx, withTables } from '@datong/metadata-store'
import { type CodeListVersion, type DataElement, SEED_CODE_LISTS, SEED_ELEMENTS } from '@datong/standards'
import { type Selectable, sql } from 'kysely'
import type { CodesBody, ItemTable, ItemVersionTable, ListBody, StandardKind, StandardsTables } from '../tables.ts'
import { type ElementItem, keyOf, type ListItem, seedElement, seedList } from './item.ts'

/** Every process keeps the standard in memory and listens here. */
export const STANDARDS_CHANNEL = 'datong_standards'

type ItemRow = Selectable<ItemTable>
type VersionRow = Selectable<ItemVersionTable>

/** All data elements and code lists as they stand. */
export interface Standard {
  readonly elements: ReadonlyMap<string, ElementItem>
  readonly lists: ReadonlyMap<string, ListItem>
}

const headOf = (row: ItemRow) => ({ id: row.id, state: row.state, version: row.version, abolishedFrom: row.abolished_from, replacedBy: row.replaced_by, revision: row.revision })
const versionOf = (row: VersionRow) => ({ version: row.version, label: row.label, from: row.in_force_from, reason: row.reason, publishedAt: row.published_at, publishedBy: row.published_by })

// What a row holds follows from its kind.
const elementOf = (row: ItemRow, versions: readonly VersionRow[]): ElementItem => ({
  ...headOf(row), body: row.body as DataElement, proposal: row.proposal, versions: versions.map((one) => ({ ...versionOf(one), content: one.body as DataElement })),
})
const listOf = (row: ItemRow, versions: readonly VersionRow[]): ListItem => ({
  ...headOf(row), body: row.body as ListBody,
  versions: versions.map((one) => {
    const { codes, partial } = one.body as CodesBody
    const content: CodeListVersion = { label: one.label, from: one.in_force_from, codes, partial }
    return { ...versionOf(one), ...content, content }
  }),
})

/** SQL of data elements and code lists. What has no row is the program's seed. */
export function createItemStore(db: Db) {
  const tables = (trx?: Trx) => withTables<StandardsTables>(trx ?? db)
  const read = async (trx: Trx | undefined, key?: string) => {
    const items = await tables(trx).selectFrom('standards.item').selectAll().$if(key !== undefined, (query) => query.where('key', '=', key ?? '')).execute()
    const versions = await tables(trx).selectFrom('standards.item_version').selectAll().$if(key !== undefined, (query) => query.where('key', '=', key ?? '')).orderBy('version').execute()
    return { items, versions: Map.groupBy(versions, (one) => one.key) }
  }

  return {
    async load(): Promise<Standard> {
      const { items, versions } = await read(undefined)
      const elements = new Map(SEED_ELEMENTS.map((element) => [element.id, seedElement(element)]))
      const lists = new Map(SEED_CODE_LISTS.map((list) => [list.id, seedList(list)]))
      for (const row of items) {
        if (row.kind === 'element') elements.set(row.id, elementOf(row, versions.get(row.key) ?? []))
        else lists.set(row.id, listOf(row, versions.get(row.key) ?? []))
      }
      return { elements, lists }
    },

    /** Lets one change at a time look at the standard: they are few, and an import touches hundreds. */
    async lock(trx: Trx): Promise<void> {
      await sql`select pg_advisory_xact_lock(hashtext('standards.item'))`.execute(trx)
    },

    async findElement(trx: Trx, id: string): Promise<ElementItem | undefined> {
      const { items: [row], versions } = await read(trx, keyOf('element', id))
      if (row !== undefined) return elementOf(row, versions.get(row.key) ?? [])
      const seed = SEED_ELEMENTS.find((one) => one.id === id)
      return seed === undefined ? undefined : seedElement(seed)
    },

    async findList(trx: Trx, id: string): Promise<ListItem | undefined> {
      const { items: [row], versions } = await read(trx, keyOf('code-list', id))
      if (row !== undefined) return listOf(row, versions.get(row.key) ?? [])
      const seed = SEED_CODE_LISTS.find((one) => one.id === id)
      return seed === undefined ? undefined : seedList(seed)
    },

    /**
     * Writes an item over the one that was found; the first change of a seed writes its versions too. Commits only with evidence.
     * @throws AppError `request/conflict` when somebody was quicker
     */
    async save(trx: Trx, kind: StandardKind, item: ElementItem | ListItem, at: Date): Promise<void> {
      const key = keyOf(kind, item.id)
      const values = {
        state: item.state, version: item.version, body: JSON.stringify(item.body), proposal: 'proposal' in item && item.proposal !== null ? JSON.stringify(item.proposal) : null,
        abolished_from: item.abolishedFrom, replaced_by: item.replacedBy, revision: item.revision, changed_at: at,
      }
      const done = await tables(trx).insertInto('standards.item').values({ key, kind, id: item.id, ...values })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(values).where('standards.item.revision', '=', item.revision - 1)).executeTakeFirst()
      if (done.numInsertedOrUpdatedRows !== 1n) throw new AppError('request/conflict')
      for (const version of item.versions) {
        const { content } = version
        const body = 'codes' in content ? { codes: content.codes, partial: content.partial === true } : content
        await tables(trx).insertInto('standards.item_version').values({
          key, version: version.version, label: version.label, in_force_from: version.from, body: JSON.stringify(body), reason: version.reason,
          published_at: version.publishedAt, published_by: version.publishedBy === null ? null : JSON.stringify(version.publishedBy),
        }).onConflict((conflict) => conflict.doNothing()).execute()
      }
    },

    async dropVersion(trx: Trx, key: string, version: number): Promise<void> {
      await tables(trx).deleteFrom('standards.item_version').where('key', '=', key).where('version', '=', version).execute()
    },

    /** Takes an item away that an import brought. Commits only with evidence. */
    async remove(trx: Trx, key: string): Promise<void> {
      await tables(trx).deleteFrom('standards.item').where('key', '=', key).execute()
    },

    tell: (trx: Trx): Promise<void> => notify(trx, STANDARDS_CHANNEL, ''),
  }
}

export type ItemStore = ReturnType<typeof createItemStore>

import type { Trx } from '@datong/metadata-store'
import { codeAt, type Code, type CodeListVersion, type DataElement, parentOf } from '@datong/standards'
import type { ServerModule } from '../../platform/server-module.ts'
import { codeRoutes } from './codes/routes.ts'
import type { StandardsContext, StandardsDeps } from './context.ts'
import { createImportStore } from './imports/import-store.ts'
import { importRoutes } from './imports/routes.ts'
import { createItemStore } from './items/item-store.ts'
import { createRegistry, DIVISION_LIST } from './items/registry.ts'
import { elementRoutes } from './items/routes.ts'
import { takeConfirmed } from './mapping/learn.ts'
import { createMappingStore } from './mapping/mapping-store.ts'
import { measureEntry } from './mapping/measure-entry.ts'
import { remeasure, remeasureJob } from './mapping/remeasure.ts'
import { mappingRoutes } from './mapping/routes.ts'
import { mappingsMigration } from './migrations/20261122T0331-mappings.ts'
import { mappingIndexMigration } from './migrations/20261122T0332-mapping-index.ts'
import { standardsMigration } from './migrations/20261122T0330-standards.ts'

export type { StandardsDeps } from './context.ts'
export { csvOf } from './imports/export.ts'
export { columnsOf, readTable } from './imports/read-table.ts'

export const standardsMigrations = [standardsMigration, mappingsMigration, mappingIndexMigration]

/** Data elements and code lists as other modules use them. */
export interface Standards extends ServerModule {
  /** A code as it stood on a day (today when left out); undefined when the list had none of it then. */
  codeAt(list: string, code: string, day?: string): Code | undefined
  /** All codes of a list on a day. */
  codesAt(list: string, day?: string): CodeListVersion | undefined
  /** All published versions of a list; today's of divisions with the installation's own regions. Undefined when there is no such list. */
  codeVersions(list: string): readonly CodeListVersion[] | undefined
  /** Name of a division, of GB/T 2260 or of the installation itself; while counties are not imported they are named by what is above them. */
  divisionName(code: string): string | undefined
  /** A data element in force today. */
  element(id: string): DataElement | undefined
  /** Whether an identifier is that of a data element in force. */
  isElement(id: string): boolean
  /** A draft got another code: takes its mapping along. */
  moveEntry(trx: Trx, from: string, to: string): Promise<void>
}

export function createStandards(deps: StandardsDeps): Standards {
  const { db } = deps.store
  const items = createItemStore(db)
  const registry = createRegistry(items, { store: deps.store, clock: deps.clock, log: deps.log, regions: () => deps.organisations.regions() })
  const context: StandardsContext = { ...deps, db, items, registry, imports: createImportStore(db, deps.cursors), mappings: createMappingStore(db, deps.cursors) }
  const codesAt = (list: string, day = registry.today()) => registry.codesAt(list, day)

  return {
    routes: [...elementRoutes(context), ...codeRoutes(context), ...importRoutes(context), ...mappingRoutes(context)],
    async start() {
      await registry.start()
      await deps.jobs.work(remeasureJob, (changed, { signal }) => remeasure(context, changed, signal))
      await deps.events.subscribe('protection.fields-graded', 'standards', ({ entryCode, version }) => measureEntry(context, entryCode, version))
      for (const event of ['catalog.entry-published', 'catalog.entry-changed'] as const) {
        await deps.events.subscribe(event, 'standards', ({ entryCode }) => takeConfirmed(context, entryCode))
      }
      await deps.events.subscribe('catalog.entry-withdrawn', 'standards', ({ entryCode }) => context.mappings.remove(entryCode))
    },
    stop: () => registry.stop(),
    codeAt: (list, code, day = registry.today()) => {
      const version = codesAt(list, day)
      return version === undefined ? undefined : codeAt([version], code, day)
    },
    codesAt,
    codeVersions(list) {
      const now = codesAt(list)
      return registry.standard().lists.get(list)?.versions.map(({ content }) => (now !== undefined && content.from === now.from && content.label === now.label ? now : content))
    },
    divisionName(code) {
      const version = codesAt(DIVISION_LIST)
      if (version === undefined) return undefined
      const names = new Map(version.codes.map((one) => [one.code, one.name]))
      const found = names.get(code)
      const above = found === undefined && version.partial === true && /^\d{6}(\d{3}(\d{3})?)?$/.test(code) ? parentOf({ code, name: '' }, 'division', (one) => names.has(one)) : null
      return found ?? (above === null ? undefined : `${names.get(above) ?? ''}（${code}）`)
    },
    element: (id) => registry.inForce().find((element) => element.id === id),
    isElement: (id) => registry.inForce().some((element) => element.id === id),
    moveEntry: (trx, from, to) => context.mappings.rename(trx, from, to),
  }
}

import type { DatasetDescription } from '@datong/catalog-metadata'
import type { ServerModule } from '../../platform/server-module.ts'
import type { EntryRecord } from '../catalog/index.ts'
import type { InterchangeDeps } from './context.ts'
import { describe } from './dataset/describe.ts'

export type { InterchangeDeps } from './context.ts'

/** The catalogue in the words of others: open formats, CKAN's interface, and what their readers rely on. */
export interface Interchange extends ServerModule {
  /**
   * An entry in neutral form, with addresses that work for its reader.
   * @param base scheme and host under which the reader knows the installation
   * @param related codes of entries that the reader may see; relations to others are left out
   */
  describe(entry: EntryRecord, base: string, related?: ReadonlySet<string>): DatasetDescription
}

const NONE: ReadonlySet<string> = new Set()

export function createInterchange(deps: InterchangeDeps): Interchange {
  return {
    routes: [],
    describe: (entry, base, related = NONE) => describe(deps, entry, base, related),
  }
}

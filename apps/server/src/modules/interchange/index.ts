import type { DatasetDescription } from '@datong/catalog-metadata'
import type { PageHeads } from '../../platform/page-head.ts'
import type { ServerModule } from '../../platform/server-module.ts'
import type { EntryRecord } from '../catalog/index.ts'
import { createCkan, packageOf } from './ckan/index.ts'
import type { FacesDeps, InterchangeDeps } from './context.ts'
import { describe } from './dataset/describe.ts'
import { createPublished } from './dataset/published.ts'
import { fileRoutes } from './files/file-routes.ts'
import { createMcp } from './mcp/index.ts'
import { metadataQualityMigration } from './migrations/20261122T0340-metadata-quality.ts'
import { createPageHead } from './pages/page-head.ts'
import { siteRoutes } from './pages/site-routes.ts'
import { createMetadataQuality } from './quality/index.ts'
import { createCatalogPages } from './rdf/catalog-page.ts'
import { rdfRoutes } from './rdf/rdf-routes.ts'

export type { InterchangeDeps } from './context.ts'

export const interchangeMigrations = [metadataQualityMigration]

/** The catalogue in the words of others: open formats, CKAN's interface, and what their readers rely on. */
export interface Interchange extends ServerModule {
  /**
   * An entry in neutral form, with addresses that work for its reader.
   * @param base scheme and host under which the reader knows the installation
   * @param related codes of entries that the reader may see; relations to others are left out
   */
  describe(entry: EntryRecord, base: string, related?: ReadonlySet<string>): DatasetDescription
  /** Works out now how good the descriptions are that changed since. */
  scoreDescriptions(): Promise<void>
  /** What the pages of data sets say of themselves before any script runs. */
  readonly pageHead: PageHeads
}

const NONE: ReadonlySet<string> = new Set()

/** @param faces without them only formats are written, and nobody's rows are read */
export function createInterchange(deps: InterchangeDeps, faces?: FacesDeps): Interchange {
  const published = createPublished(deps)
  const quality = createMetadataQuality(deps)
  return {
    routes: quality.routes,
    plainRoutes: [...rdfRoutes(deps, published, createCatalogPages(deps, published)), ...fileRoutes(deps, published), ...siteRoutes(deps), ...(faces === undefined ? [] : [...createCkan(faces), ...createMcp(faces, packageOf(faces))])],
    describe: (entry, base, related = NONE) => describe(deps, entry, base, related),
    pageHead: createPageHead(deps, published),
    scoreDescriptions: () => quality.catchUp(),
    start: () => quality.start(),
    stop: () => quality.stop(),
  }
}

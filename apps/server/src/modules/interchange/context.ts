import type { Organisation, OrganisationRef } from '@datong/contracts'
import type { Clock } from '@datong/kernel'
import type { Catalog } from '../catalog/index.ts'

export interface InterchangeDeps {
  readonly organisations: { ref(code: string): OrganisationRef; list(): readonly Organisation[] }
  readonly catalog: Pick<Catalog, 'find' | 'eachPublished' | 'countPublished' | 'selectCodes' | 'visibleCodes'>
  readonly clock: Clock
  /** Address of the installation as its users know it, without a slash at the end; null takes what each request says. */
  readonly publicUrl: string | null
}

import type { Organisation, OrganisationRef } from '@datong/contracts'
import type { Clock } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import type { Logger } from 'pino'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { FormSettings } from '../../platform/form-settings.ts'
import type { Catalog } from '../catalog/index.ts'

export interface InterchangeDeps {
  readonly organisations: { ref(code: string): OrganisationRef; list(): readonly Organisation[] }
  readonly catalog: Pick<Catalog, 'find' | 'requireVisible' | 'eachPublished' | 'countPublished' | 'selectCodes' | 'visibleCodes'>
  readonly db: Db
  readonly events: EventBus
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly log: Pick<Logger, 'warn'>
  /** Address of the installation as its users know it, without a slash at the end; null takes what each request says. */
  readonly publicUrl: string | null
  /** What may be asked outside, for links of entries. */
  readonly forms: FormSettings
}

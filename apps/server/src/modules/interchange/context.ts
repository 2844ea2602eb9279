import type { Organisation, OrganisationRef } from '@datong/contracts'
import type { Clock } from '@datong/kernel'
import type { Db } from '@datong/metadata-store'
import type { Logger } from 'pino'
import type { CursorCodec } from '../../platform/cursor.ts'
import type { EventBus } from '../../platform/events.ts'
import type { FormSettings } from '../../platform/form-settings.ts'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../../platform/caller.ts'
import type { Catalog } from '../catalog/index.ts'
import type { Delivery } from '../delivery/index.ts'

export interface InterchangeDeps {
  readonly organisations: { ref(code: string): OrganisationRef; list(): readonly Organisation[] }
  readonly catalog: Pick<Catalog, 'find' | 'requireVisible' | 'eachPublished' | 'edition' | 'countPublished' | 'selectCodes' | 'visibleCodes'>
  /** Size and hash of files of open data, as far as they are known. */
  readonly openFiles: Delivery['openFiles']
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

/** What CKAN's interface and the tools for models need besides: they know their callers, and rows leave through them. */
export interface FacesDeps extends Pick<InterchangeDeps, 'db' | 'clock' | 'publicUrl'> {
  readonly organisations: InterchangeDeps['organisations'] & { find(code: string): Organisation | undefined }
  readonly catalog: Pick<Catalog, 'requireVisible' | 'isVisible' | 'select' | 'selectCodes' | 'edit' | 'act' | 'importEntry'>
  readonly log: Pick<Logger, 'error'>
  /** Rows leave through delivery. */
  readonly questions: Delivery['questions']
  /** Finds the caller of a request by its key or token. */
  authenticate(request: FastifyRequest): { readonly caller: Caller } | Promise<{ readonly caller: Caller }>
}

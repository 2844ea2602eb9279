import { uuidv7, type Clock, type Random } from '@datong/kernel'
import type { Db, Log } from '@datong/metadata-store'
import type { CursorCodec } from '../../platform/cursor.ts'
import { noticesMigration } from './migrations/20261122T0290-notices.ts'
import { createNoticeStore } from './notice-store.ts'
import type { Notices } from './notices.ts'
import { noticeRoutes } from './routes.ts'
import { type CatalogNews, tellOfCatalog } from './tell-of-catalog.ts'
import { type DemandNews, tellOfDemands } from './tell-of-demands.ts'
import { type SharingNews, tellOfSharing } from './tell-of-sharing.ts'
import { tellOfForms } from './tell-of-forms.ts'
import { tellOfLoads } from './tell-of-loads.ts'
import { type TicketNews, tellOfTickets } from './tell-of-tickets.ts'

export type { NoticeDraft, Notices } from './notices.ts'
export { tellOfRecounting } from './tell-of-recounting.ts'

export const noticesMigrations = [noticesMigration]

export interface NoticesDeps extends SharingNews {
  readonly catalog: CatalogNews['catalog'] & DemandNews['catalog']
  readonly lists: DemandNews['lists']
  readonly tickets: TicketNews['tickets']
  readonly sharing: SharingNews['sharing'] & CatalogNews['sharing']
  readonly db: Db
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly random: Random
  readonly log: Pick<Log, 'warn'>
}

const TIDY_EVERY_MS = 86_400_000

export function createNotices(deps: NoticesDeps): Notices {
  const { db, cursors, clock, random, log } = deps
  const store = createNoticeStore(db, cursors)
  const tell: Notices['tell'] = (draft) => store.insert(draft, uuidv7(clock, random), clock.now())
  let timer: NodeJS.Timeout | undefined
  return {
    routes: noticeRoutes(store, clock),
    tell,
    async start() {
      await store.forgetOld(clock.now())
      timer = setInterval(() => void store.forgetOld(clock.now()).catch((error: unknown) => log.warn({ err: error }, 'old notices could not be removed')), TIDY_EVERY_MS)
      timer.unref()
      await deps.events.subscribe('identity.organisation-merged', 'notices', ({ predecessor, successor }) => store.passOn(predecessor, successor))
      await tellOfSharing(deps, tell)
      await tellOfCatalog(deps, tell)
      await tellOfDemands(deps, tell)
      await tellOfTickets(deps, tell)
      await tellOfLoads(deps, tell)
      await tellOfForms(deps, tell)
    },
    async stop() {
      clearInterval(timer)
    },
  }
}

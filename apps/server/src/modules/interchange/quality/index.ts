import type { ServerModule } from '../../../platform/server-module.ts'
import type { InterchangeDeps } from '../context.ts'
import { catchUp, checkLinks, rescore, type ScoreTools } from './keep-scores.ts'
import { createLinkStore } from './link-store.ts'
import { metadataQualityRoutes } from './quality-routes.ts'
import { createScoreStore } from './score-store.ts'

const CATCH_UP_EVERY_MS = 3_600_000
const CHECK_LINKS_EVERY_MS = 300_000

export interface MetadataQuality extends ServerModule {
  start(): Promise<void>
  stop(): Promise<void>
  /** Works out what is missing or old now. */
  catchUp(): Promise<void>
}

/** How good the descriptions are, kept beside them: with every change, and caught up with each hour. */
export function createMetadataQuality(deps: InterchangeDeps): MetadataQuality {
  const tools: ScoreTools = { deps, scores: createScoreStore(deps.db, deps.cursors), links: createLinkStore(deps.db) }
  const stopping = new AbortController()
  const timers: NodeJS.Timeout[] = []
  let working: Promise<void> = Promise.resolve()

  /** One piece of work after the other; what fails is tried again at the next round. */
  const work = (what: (tools: ScoreTools, signal: AbortSignal) => Promise<void>): Promise<void> => (working = working.then(() => what(tools, stopping.signal)).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'the quality of descriptions could not be worked out')
  }))

  return {
    routes: metadataQualityRoutes(tools),
    async start() {
      for (const event of ['catalog.entry-published', 'catalog.entry-changed', 'catalog.entry-withdrawn'] as const) {
        await deps.events.subscribe(event, 'metadata-quality', ({ entryCode }) => rescore(tools, entryCode))
      }
      void work(catchUp)
      for (const [what, every] of [[catchUp, CATCH_UP_EVERY_MS], [checkLinks, CHECK_LINKS_EVERY_MS]] as const) {
        const timer = setInterval(() => void work(what), every)
        timer.unref()
        timers.push(timer)
      }
    },
    async stop() {
      stopping.abort()
      for (const timer of timers) clearInterval(timer)
      await working
    },
    catchUp: () => work(catchUp),
  }
}

import type { Gate } from '../../platform/gate.ts'
import type { KeptAnswers } from './answers/kept-answers.ts'
import type { PlanCache } from './plan/plan-cache.ts'
import type { ServingStore } from './serving/serving-store.ts'
import type { KeyIndexes } from './verification/key-index.ts'
import type { MarkStore } from './watermark/mark-store.ts'
import type { Downloads } from './files/download.ts'
import type { CallFigureStore } from './metering/call-figure-store.ts'
import type { UsageStore } from './metering/usage-store.ts'
import type { DeliveryDeps } from './deps.ts'

/** What every form of delivery works with. */
export interface DeliveryContext extends DeliveryDeps {
  readonly plans: PlanCache
  readonly serving: ServingStore
  readonly usage: UsageStore
  readonly callFigures: CallFigureStore
  readonly downloads: Downloads
  readonly keyIndexes: KeyIndexes
  readonly marks: MarkStore
  /** Before pages that the engine reads: each takes a thread of four, which files and compression need too. */
  readonly engineReads: Gate
  /** Before files that are made while their callers wait: each takes a core, and room on the disk. */
  readonly fileMakes: Gate
  /** Look-ups by key that were answered moments ago. */
  readonly answers: KeptAnswers
  meterOpen(use: { entryCode: string; organisation: string | null; rows: number; bytes: number }): void
}

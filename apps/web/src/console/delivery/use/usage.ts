import type { operations, ResponseOf } from '@datong/contracts'

/** Figures of use over a span of days. */
export type Usage = ResponseOf<typeof operations.usage>

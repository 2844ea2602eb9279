import type { operations, ResponseOf } from '@datong/contracts'

/** What the page of metadata quality reads. */
export type Figures = ResponseOf<typeof operations.metadataQuality>

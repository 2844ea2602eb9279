import type { operations, ResponseOf } from '@datong/contracts'

/** What the caller gets of an entry: fields with masks and operators, ground, quota. */
export type Description = ResponseOf<typeof operations.describeRows>

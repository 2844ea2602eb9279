import type { Value } from '@datong/data-engine'
import type { Change } from '@datong/contracts'
import { createHmac } from 'node:crypto'
import type { DeliveryContext } from '../context.ts'
import type { DeliveryPlan } from '../plan/plan.ts'

/** A row as one ground sees it. */
export interface SeenRow {
  readonly id: string
  readonly cells: Record<string, Value>
}

const ID_BYTES = 16

/** Names rows by their key, for one ground: the key cannot be told from the name, and two grants cannot compare theirs. */
export function rowIds(sealer: DeliveryContext['sealer'], { basis, entryCode }: DeliveryPlan, key: string): (value: Value) => string {
  const secret = sealer.derive('row ids')
  const ground = basis.kind === 'grant' ? basis.grantId : basis.kind
  return (value) => createHmac('sha256', secret).update(JSON.stringify([ground, entryCode, key, value])).digest().subarray(0, ID_BYTES).toString('base64url')
}

/** What a change is to who sees the row so before and after: a row that comes into view is added, one that leaves it removed; what looks the same is no change. */
export function describeChange(position: number, version: number, before: SeenRow | undefined, now: SeenRow | undefined): Change[] {
  if (now === undefined) return before === undefined ? [] : [{ position, kind: 'removed', version, id: before.id, row: null }]
  if (before === undefined) return [{ position, kind: 'added', version, id: now.id, row: now.cells }]
  return JSON.stringify(before.cells) === JSON.stringify(now.cells) ? [] : [{ position, kind: 'changed', version, id: now.id, row: now.cells }]
}

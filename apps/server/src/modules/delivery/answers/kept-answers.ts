import { LRUCache } from 'lru-cache'
import type { DeliveryPlan } from '../plan/plan.ts'
import type { Answer } from './answer.ts'

/** The steps of one matter ask for the same person or company within minutes; answers may be personal, so no longer. */
const KEPT_MS = 5 * 60_000
/** An answer of so many bytes is a list, which is rarely asked for again. */
const MOST_BYTES_EACH = 16_384
/** What an answer and a name take beside the characters; about. */
const ENTRY_BYTES = 400
const NAME_BYTES = 16

export interface KeptAnswers {
  /** What the same call was answered moments ago. */
  find(plan: DeliveryPlan, call: string): Answer | undefined
  /** Keeps answers of look-ups by key; others pass. */
  keep(plan: DeliveryPlan, call: string, answer: Answer): void
}

/**
 * Look-ups by key that were answered within the last minutes are answered from memory: a version never changes, and a call
 * on a live table names the state. What stays is what left: masked, never the row behind it. Everything that makes an answer lawful
 * (key, grant, quota, misses, evidence) is done anew each time. Answers belong to one plan, so nobody can tell by the clock what
 * others asked for, and a plan that was dropped takes its answers along.
 * @param bytes memory that answers may take together, about; 0 keeps none
 * @param perf milliseconds that only grow
 */
export function createKeptAnswers(bytes: number, perf: { now(): number } = performance): KeptAnswers {
  if (bytes === 0) return { find: () => undefined, keep: () => undefined }
  const kept = new LRUCache<string, Answer>({ maxSize: bytes, maxEntrySize: MOST_BYTES_EACH, ttl: KEPT_MS, ttlResolution: 1_000, perf, sizeCalculation: sizeOf })
  const numbers = new WeakMap<DeliveryPlan, number>()
  let plans = 0

  /** No other plan of this process has the number. */
  function nameOf(plan: DeliveryPlan, call: string): string {
    let number = numbers.get(plan)
    if (number === undefined) numbers.set(plan, (number = ++plans))
    return `${number} ${call}`
  }

  return {
    find: (plan, call) => kept.get(nameOf(plan, call)),
    keep(plan, call, answer) {
      if (answer.isLookUp) kept.set(nameOf(plan, call), answer)
    },
  }
}

const sizeOf = ({ text, fields, conditions }: Answer, name: string): number =>
  ENTRY_BYTES + 2 * (text.length + name.length) + NAME_BYTES * (fields.length + conditions.length)

import type { EvidenceBody } from '@datong/contracts'

/** What a record can be found by. */
export type Marked = Pick<EvidenceBody, 'action' | 'parties'> & {
  readonly actor: { readonly id: string }
  readonly subject: { readonly id: string }
}

export const partyMark = (organisation: string): string => `p:${organisation}`
export const subjectMark = (id: string): string => `s:${id}`
export const actorMark = (id: string): string => `a:${id}`
/** Of an action, or of all actions below it: `delivery` finds `delivery.rows.read`. */
export const actionMark = (action: string): string => `x:${action}`

/** The marks of one record; a segment bears those of all its records, to be found by any of them. */
export function marksOf({ action, actor, parties, subject }: Marked): string[] {
  const words = action.split('.')
  return [
    ...words.map((_, index) => actionMark(words.slice(0, index + 1).join('.'))),
    actorMark(actor.id), subjectMark(subject.id), ...parties.map(partyMark),
  ]
}

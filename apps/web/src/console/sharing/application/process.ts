import type { Application, Grant } from '@datong/contracts'

/** A stage of the process with what the page has to put into words. */
export interface Stage {
  readonly key: 'submitted' | 'ruled' | 'material' | 'answer' | 'mediation' | 'granted' | 'delivery' | 'use' | 'evaluation'
  readonly state: 'done' | 'now' | 'next' | 'no'
  /** When it was reached or ended. */
  readonly at?: string | undefined
  readonly done?: number
  readonly all?: number
}

const ENDED_BADLY: ReadonlySet<Application['state']> = new Set(['refused', 'upheld', 'withdrawn'])

/** Where an application stands on its way from asking to evaluation. Stages that it did not pass and will not are left out. */
export function processOf(application: Application, grant?: Pick<Grant, 'state' | 'lastUsedAt'>): readonly Stage[] {
  const { state, decision, opinions, material, mediation, clocks, history } = application
  const badly = ENDED_BADLY.has(state)
  const byRule = decision?.by === 'rule'
  const delivery = clocks.find(({ kind }) => kind === 'delivery')
  const supplied = material.filter((item) => item.supplied)
  const refused = state === 'refused' || state === 'upheld'
  const answer: Stage['state'] = state === 'submitted' ? 'now' : state === 'material-owed' ? 'next' : decision || mediation ? (decision && state !== 'approved' && refused && !mediation ? 'no' : 'done') : badly ? 'no' : 'next'

  const stages: Stage[] = [
    { key: 'submitted', state: 'done', at: application.submittedAt },
    { key: 'ruled', state: byRule && badly ? 'no' : 'done', at: byRule ? (application.decidedAt ?? undefined) : undefined },
  ]
  if (material.length > 0) stages.push({ key: 'material', state: state === 'material-owed' ? 'now' : supplied.length === material.length ? 'done' : 'no', done: supplied.length, all: material.length })
  if (!byRule) stages.push({ key: 'answer', state: answer, at: application.decidedAt ?? undefined, done: opinions.filter((opinion) => opinion.state !== 'asked').length, all: opinions.length })
  if (mediation) stages.push({ key: 'mediation', state: mediation.outcome === null ? 'now' : mediation.outcome === 'upheld' ? 'no' : 'done', at: mediation.decidedAt ?? mediation.requestedAt })
  if (badly) return stages
  const granted = state === 'approved'
  stages.push({ key: 'granted', state: granted ? 'done' : 'next', at: granted ? (mediation?.decidedAt ?? application.decidedAt ?? undefined) : undefined })
  const delivered = delivery?.state === 'stopped'
  if (delivery || !granted) stages.push({ key: 'delivery', state: !delivery ? 'next' : delivered ? 'done' : 'now', at: delivered ? history.find(({ action }) => action === 'delivered')?.at : delivery?.dueAt })
  const over = grant !== undefined && grant.state !== 'active'
  stages.push({ key: 'use', state: !granted ? 'next' : grant?.state === 'revoked' || grant?.state === 'suspended' ? 'no' : over ? 'done' : delivery && !delivered && !grant?.lastUsedAt ? 'next' : 'now', at: grant?.lastUsedAt ?? undefined })
  stages.push({ key: 'evaluation', state: application.evaluations.length > 0 ? 'done' : 'next', at: application.evaluations.at(-1)?.at ?? application.evaluationDueAt ?? undefined })
  return stages
}

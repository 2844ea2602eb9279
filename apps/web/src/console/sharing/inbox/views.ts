import type { Application, operations, QueryOf, Role } from '@datong/contracts'

/** Saved views of the list, as tabs. */
export const VIEWS = ['waiting', 'answered', 'received', 'ours', 'escalated', 'mediation', 'all'] as const
export type View = (typeof VIEWS)[number]
type Query = QueryOf<typeof operations.listApplications>

/** The question that a view puts to the server. */
export const QUERY_OF: Record<View, Pick<Query, 'awaitingUs' | 'side' | 'escalated' | 'state'>> = {
  waiting: { awaitingUs: true },
  answered: { side: 'provider', awaitingUs: false },
  received: { side: 'provider' },
  ours: { side: 'consumer' },
  escalated: { escalated: true, state: 'submitted' },
  mediation: { state: 'in-mediation' },
  all: {},
}

/** The views of a person, the one that is opened first in front. */
export function viewsOf(has: (role: Role) => boolean): readonly View[] {
  const provides = has('provider')
  const asks = has('consumer') || has('developer')
  const oversees = has('steward') || has('auditor') || has('leader') || has('security')
  return [
    ...(provides ? (['waiting', 'answered', 'received'] as const) : []),
    ...(asks ? (['ours'] as const) : []),
    ...(oversees ? (['all', 'escalated', 'mediation'] as const) : provides && asks ? (['all'] as const) : []),
  ]
}

/** The view to show: the one asked for; a list narrowed by a link is not narrowed once more. */
export function viewOf(views: readonly View[], asked: string | undefined, narrowed: boolean): View {
  const found = views.find((view) => view === asked)
  return found ?? (narrowed ? (views.includes('all') ? 'all' : (views.find((view) => view === 'received' || view === 'ours') ?? 'all')) : (views[0] ?? 'all'))
}

/** Whether several can be decided in one go: those that one may approve, refuse or ask material for. */
export const isDecidable = ({ allowedActions }: Application): boolean => (['approve', 'refuse', 'notify-missing'] as const).some((action) => allowedActions.includes(action))

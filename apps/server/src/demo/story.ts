import { demoApplications, type DemoApplication } from '@datong/demo-city'
import { fileApplication, nameOf, takeStep } from './applications.ts'
import type { createCallers } from './calls.ts'
import type { Stage } from './context.ts'
import { settlePeople } from './people.ts'
import { awaitLoads, stewardActs, submitTable, uploadTable } from './tables.ts'

/** Something that happens in the city at an instant of its past. */
export interface Scene {
  readonly name: string
  readonly at: Date
  /** @param again an earlier start may have done some of it */
  play(again: boolean): Promise<void>
}

/** Tables that came later than the first, in working days before today. */
const LATER: ReadonlyMap<string, number> = new Map([
  ['bus-stop', 24], ['water-quality', 24], ['school', 24], ['budget', 24], ['mortgage', 2], ['environment-report', 2], ['air-quality', 2], ['parking', 2],
])
const FIRST = 52
/** What is not published: there is something to do in each state of the life cycle. */
const UNFINISHED: ReadonlyMap<string, 'draft' | 'submitted' | 'returned' | 'approved'> = new Map([
  ['tax-filing', 'draft'], ['mortgage', 'submitted'], ['environment-report', 'returned'], ['water-quality', 'approved'],
])

/** All scenes of the city's past, in the order of time. */
export function scenesOf(stage: Stage, callers: ReturnType<typeof createCallers>): Scene[] {
  const { city, timeline } = stage
  const applications = demoApplications(city)
  const scenes = [
    { name: 'people', at: timeline.at(FIRST + 3, '8:30'), play: () => settlePeople(stage) },
    ...[FIRST, 24, 2].flatMap((age) => loading(stage, age)),
    ...applications.flatMap((application) => applicationScenes(stage, application)),
    ...callingScenes(stage, applications, callers),
  ]
  // Sorting is stable: of one instant, the order above holds.
  return scenes.sort((a, b) => a.at.getTime() - b.at.getTime())
}

function loading(stage: Stage, age: number): Scene[] {
  const { timeline, signal } = stage
  const keys = stage.city.tables.map(({ key }) => key).filter((key) => (LATER.get(key) ?? FIRST) === age)
  const publication = Math.max(age - 1, 0)
  return [
    {
      name: `upload ${age}`, at: timeline.at(age, '9:10'),
      play: async (again) => {
        for (const key of keys) {
          signal.throwIfAborted()
          await uploadTable(stage, key, again)
        }
      },
    },
    { name: `load ${age}`, at: timeline.at(age, '9:20'), play: () => awaitLoads(stage, keys) },
    {
      name: `submit ${age}`, at: timeline.at(age, '15:30'),
      play: async () => {
        for (const key of keys) if (UNFINISHED.get(key) !== 'draft') await submitTable(stage, key)
      },
    },
    {
      name: `publish ${age}`, at: timeline.at(publication, '10:05'),
      play: async () => {
        for (const key of keys) await decideTable(stage, key)
      },
    },
  ]
}

function decideTable(stage: Stage, key: string): Promise<void> {
  const state = UNFINISHED.get(key)
  if (state === 'draft' || state === 'submitted') return Promise.resolve()
  if (state === 'returned') return stewardActs(stage, key, 'return', '“举报内容”可能含举报人信息，请补充说明不予共享的具体条款，并确认各信息项分级。')
  if (state === 'approved') return stewardActs(stage, key, 'approve')
  return stewardActs(stage, key, 'publish')
}

function applicationScenes(stage: Stage, application: DemoApplication): Scene[] {
  const { timeline } = stage
  const { submittedDaysAgo, outcome } = application
  const name = nameOf(application)
  const step = (what: string, at: Date, ...args: Parameters<typeof takeStep> extends [unknown, unknown, ...infer Rest] ? Rest : never): Scene =>
    ({ name: `${what} ${name}`, at, play: () => takeStep(stage, application, ...args) })
  const filed: Scene = { name: `apply ${name}`, at: timeline.at(submittedDaysAgo, '10:20'), play: (again) => fileApplication(stage, application, again) }
  const instant = stage.city.tables.some(({ key, sharingType }) => key === application.entryKey && sharingType === 'unconditional')
  switch (outcome.state) {
    case 'submitted': return [filed]
    case 'material-owed': return [filed, step('ask', timeline.at(outcome.atDaysAgo, '14:15'), 'provider', 'notify-missing', { reason: outcome.reason })]
    case 'refused':
      return [filed, step('refuse', timeline.at(outcome.atDaysAgo, '15:40'), 'provider', 'refuse', { reason: outcome.reason, legalBasis: outcome.legalBasis })]
    case 'withdrawn': return [filed, step('withdraw', timeline.at(outcome.atDaysAgo, '11:05'), 'applicant', 'withdraw', { reason: outcome.reason })]
    case 'approved': return [
      filed,
      // What is unconditional was granted by rule in the moment of asking.
      ...(instant ? [] : [step('approve', timeline.at(outcome.atDaysAgo, '16:20'), 'provider', 'approve', { reason: outcome.reason })]),
      ...(outcome.score === undefined ? []
        : [step('evaluate', timeline.at(Math.max(outcome.atDaysAgo - 8, 1), '9:45'), 'applicant', 'evaluate', { score: outcome.score, reason: '数据准确，接口稳定。' })]),
    ]
    case 'revoked': return [
      filed,
      step('approve', timeline.at(outcome.approvedDaysAgo, '16:20'), 'provider', 'approve', { reason: '同意' }),
      step('revoke', timeline.at(outcome.atDaysAgo, '17:10'), 'security', 'revoke', { reason: outcome.reason }),
    ]
  }
}

const CALLING_DAYS = 30
/** Nobody waits for a quota of so many calls a second. */
const MINUTES_BETWEEN_CALLS = 2

/** Each working day some calls by grants and some looks at open data. */
function callingScenes(stage: Stage, applications: readonly DemoApplication[], callers: ReturnType<typeof createCallers>): Scene[] {
  const open = stage.city.tables.filter(({ key, openingType }) => openingType === 'open' && !UNFINISHED.has(key)).map(({ key }) => key)
  return Array.from({ length: CALLING_DAYS + 1 }, (_, back): Scene => {
    const age = CALLING_DAYS - back
    const at = stage.timeline.at(age, '8:45')
    return {
      name: `calls ${age}`, at,
      play: async () => {
        const published = open.filter((key) => (LATER.get(key) ?? FIRST) > age + 1)
        const visits = [
          ...applications.filter((application) => mayCall(application, age)).flatMap((application) =>
            Array.from({ length: callers.between(2, 6) }, () => () => callers.callByGrant(application))),
          ...Array.from({ length: callers.between(3, 9) }, () => () =>
            callers.readOpenly(published[callers.between(0, published.length - 1)]!)), // not empty: the first came before
        ]
        for (const [index, visit] of visits.entries()) {
          stage.clock.goTo(new Date(at.getTime() + index * MINUTES_BETWEEN_CALLS * 60_000))
          await visit()
        }
      },
    }
  })
}

/** Whether a grant of the application was in force that many working days ago. */
function mayCall({ outcome, delivery }: DemoApplication, age: number): boolean {
  if (delivery !== 'api') return false
  if (outcome.state === 'approved') return age < outcome.atDaysAgo
  return outcome.state === 'revoked' && age < outcome.approvedDaysAgo && age > outcome.atDaysAgo
}

import { demoApplications, type DemoApplication } from '@datong/demo-city'
import { fileApplication, takeStep } from './applications.ts'
import type { createCallers } from './calls.ts'
import type { Stage } from './context.ts'
import { makeViews } from './lake.ts'
import { writeRecipe } from './recipes.ts'
import { registerSources } from './sources.ts'
import { askForWindows } from './forms.ts'
import { keepLedger } from './ledger.ts'
import { fileDemands, writeResponsibilities } from './lists.ts'
import { saveInterface, setDuties, writeRules } from './order.ts'
import { settlePeople } from './people.ts'
import { awaitLoads, orderCatalogue, stewardActs, submitTable, uploadTable } from './tables.ts'
import { keepQuality } from './quality.ts'
import { answerReports, reportErrors } from './tickets.ts'

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
    // Two departments and the bureau put the sharing in order before the first of the newer applications.
    { name: 'duties', at: timeline.at(44, '11:00'), play: () => setDuties(stage) },
    { name: 'rules', at: timeline.at(42, '15:00'), play: () => writeRules(stage) },
    { name: 'catalogue', at: timeline.at(20, '10:20'), play: () => orderCatalogue(stage) },
    { name: 'responsibilities', at: timeline.at(1, '14:00'), play: () => writeResponsibilities(stage) },
    { name: 'ledger', at: timeline.at(1, '15:30'), play: () => keepLedger(stage) },
    { name: 'demands', at: timeline.at(12, '10:30'), play: () => fileDemands(stage) },
    { name: 'quality', at: timeline.at(8, '9:40'), play: () => keepQuality(stage) },
    { name: 'reports', at: timeline.at(9, '11:10'), play: () => reportErrors(stage) },
    { name: 'answers to reports', at: timeline.at(6, '16:10'), play: () => answerReports(stage) },
    { name: 'interface', at: timeline.at(18, '14:30'), play: () => saveInterface(stage) },
    { name: 'sources', at: timeline.at(1, '16:40'), play: () => registerSources(stage) },
    { name: 'recipe', at: timeline.at(1, '16:20'), play: () => writeRecipe(stage) },
    { name: 'views', at: timeline.at(15, '15:20'), play: () => makeViews(stage) },
    { name: 'forms', at: timeline.at(1, '15:10'), play: () => askForWindows(stage) },
    ...applications.flatMap((application) => applicationScenes(stage, application)),
    ...watchingScenes(stage),
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

/** Filing comes first in the morning, steps in the afternoon, so that those of one day are in order. */
function applicationScenes(stage: Stage, application: DemoApplication): Scene[] {
  const { timeline } = stage
  const { name, submittedDaysAgo, steps } = application
  return [
    { name: `apply ${name}`, at: timeline.at(submittedDaysAgo, '10:20'), play: (again) => fileApplication(stage, application, again) },
    ...steps.map((step): Scene => ({ name: `${step.action} ${name}`, at: timeline.at(step.atDaysAgo, '15:40'), play: () => takeStep(stage, application, step) })),
  ]
}

/** What no person does: each evening late applications go to the bureau, and grants end after their last day. */
function watchingScenes({ timeline, datong: { sharing } }: Stage): Scene[] {
  return Array.from({ length: CALLING_DAYS + 1 }, (_, age): Scene => ({
    name: `watch ${age}`, at: timeline.at(age, '18:00'),
    play: async () => {
      await sharing.watch()
    },
  }))
}

const CALLING_DAYS = 30
/** Of the last week there are some calls that were refused. */
const DAYS_WITH_ERRORS = 5
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
          ...applications.filter(({ calls }) => calls !== undefined && age <= calls[0] && age >= calls[1]).flatMap((application) =>
            Array.from({ length: callers.between(2, 6) }, () => () => callers.callByGrant(application))),
          ...applications.filter((application) => age < DAYS_WITH_ERRORS && mayErr(application, applications, age, callers.between(0, 3) === 0))
            .map((application) => () => callers.callInVain(application)),
          ...Array.from({ length: callers.between(3, 9) }, () => () =>
            callers.readOpenly(published[callers.between(0, published.length - 1)]!)), // not empty: the first came before
        ]
        for (const [index, visit] of visits.entries()) {
          stage.clock.goTo(new Date(at.getTime() + index * MINUTES_BETWEEN_CALLS * 60_000))
          await visit()
        }
        // The platform's own daily work: scores have a history, and what sleeps is told.
        await stage.datong.governance.refresh()
      },
    }
  })
}

/** A system that was not told that its grant is over goes on asking; another now and then asks for what it was not granted. */
function mayErr({ name, calls }: DemoApplication, applications: readonly DemoApplication[], age: number, now: boolean): boolean {
  if (calls === undefined || applications.some(({ renews }) => renews === name)) return false
  return age < calls[1] - 1 || (age <= calls[0] && now)
}

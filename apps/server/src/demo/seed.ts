import { makeCity } from '@datong/demo-city'
import { chinaDay, systemClock, systemRandom } from '@datong/kernel'
import type { Datong } from '../compose.ts'
import { randomPassword } from '../modules/identity/index.ts'
import { nationalCalendar } from '../platform/calendar.ts'
import { readDemoAccounts, writeDemoAccounts } from './accounts.ts'
import { createCallers } from './calls.ts'
import type { Stage } from './context.ts'
import { beginProgress, type Progress, readProgress } from './progress.ts'
import { scenesOf } from './story.ts'
import type { StoryClock } from './story-clock.ts'
import { createTimeline } from './timeline.ts'

const SEED = 20_260_101

export interface SeedOptions {
  readonly datong: Stage['datong']
  readonly home: string
  readonly clock: StoryClock
  /** One password for all demonstration accounts; null for a random one. */
  readonly password: string | null
  readonly say: (line: string) => void
  readonly signal: AbortSignal
  /** Share of the city's full size; for tests. */
  readonly scale?: number
}

/**
 * Makes the demonstration city in an empty store, or goes on with one that an earlier start left half made. Everything
 * happens by the modules' own commands and calls, in the names of the city's officers, while the clock tells of the days
 * gone by; the evidence is that of real commands. A store that others filled is left alone.
 * @returns the accounts to print, when there is a demonstration city
 */
export async function seedDemoCity(options: SeedOptions): Promise<string | undefined> {
  const { datong, home, clock, say, signal } = options
  const progress = await progressFor(datong, home)
  if (progress === undefined || progress.state.done) return (await readDemoAccounts(home))?.text
  const present = new Date(progress.state.present)
  const began = systemClock.now().getTime()
  say('Making the demonstration city, an invented one, with two months behind it …')
  const city = makeCity({ seed: SEED, today: chinaDay(present), scale: options.scale ?? 1 })
  const noted = await readDemoAccounts(home)
  const password = noted?.password ?? options.password ?? randomPassword(systemRandom)
  const accounts = noted?.text ?? await writeDemoAccounts(home, city, password)
  const year = present.getUTCFullYear()
  const stage: Stage = { city, datong, progress, clock, timeline: createTimeline(present, nationalCalendar(year - 1, year)), password, say, signal }
  for (const { name, at, play } of scenesOf(stage, createCallers(stage))) {
    signal.throwIfAborted()
    clock.goTo(at)
    await progress.scene(name, at, play)
  }
  clock.returnToPresent()
  await datong.evidence.sequenceNow()
  await datong.quality.freshen()
  await datong.governance.refresh()
  await progress.finish()
  say(`  The city is made (${Math.round((systemClock.now().getTime() - began) / 1_000)} s).`)
  return accounts
}

/**
 * Sets the clock back to where an unfinished city stopped. To be called before anything starts: jobs that were going on
 * begin again at once, and what they do belongs to the past as well.
 */
export async function returnToStory(home: string, clock: StoryClock): Promise<void> {
  const state = (await readProgress(home))?.state
  if (state !== undefined && !state.done && state.at !== null) clock.goTo(new Date(state.at))
}

/** Undefined when the store has contents that are not the city's. */
async function progressFor(datong: Pick<Datong, 'identity'>, home: string): Promise<Progress | undefined> {
  const { organisations, users } = datong.identity
  const isEmpty = organisations.list().length === 0 && (await users.countHolders('sysadmin')) === 0
  const found = await readProgress(home)
  if (!isEmpty) return found
  // A file of another store says nothing about this one, unless it had not got anywhere.
  return found?.state.scenes.length === 0 ? found : beginProgress(home, systemClock.now())
}

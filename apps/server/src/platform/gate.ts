import { AppError } from '@datong/kernel'

/** Lets so many works through at once; some wait in line, the others are told to come later. */
export interface Gate {
  /**
   * @param who of whom there may be only so many, where the gate says how many of one
   * @throws AppError `request/overloaded` when too many wait
   */
  run<T>(work: () => Promise<T>, who?: string): Promise<T>
}

interface Places {
  readonly atOnce: number
  readonly mostWaiting: number
}

interface Waiter {
  readonly who: string
  readonly enter: () => void
}

const NO_LIMIT: Places = { atOnce: Infinity, mostWaiting: Infinity }

/** @param ofOne so that nobody alone takes all places */
export function createGate({ atOnce, mostWaiting, ofOne = NO_LIMIT }: Places & { readonly ofOne?: Places }): Gate {
  let running = 0
  const runningOf = new Map<string, number>()
  const waiting: Waiter[] = []

  const mayEnter = (who: string): boolean => running < atOnce && (runningOf.get(who) ?? 0) < ofOne.atOnce

  function enter(who: string): void {
    running++
    runningOf.set(who, (runningOf.get(who) ?? 0) + 1)
  }

  function leave(who: string): void {
    running--
    const left = (runningOf.get(who) ?? 0) - 1
    if (left > 0) runningOf.set(who, left)
    else runningOf.delete(who)
    // One place became free, for whoever waits longest of those who may have it.
    const at = waiting.findIndex((one) => mayEnter(one.who))
    if (at === -1) return
    const [next] = waiting.splice(at, 1)
    enter(next!.who) // it was found there
    next!.enter()
  }

  async function admitted(who: string): Promise<void> {
    if (mayEnter(who)) return enter(who)
    if (waiting.length >= mostWaiting || waiting.filter((one) => one.who === who).length >= ofOne.mostWaiting) throw new AppError('request/overloaded')
    await new Promise<void>((resolve) => waiting.push({ who, enter: resolve }))
  }

  return {
    async run(work, who = '') {
      await admitted(who)
      try {
        return await work()
      } finally {
        leave(who)
      }
    },
  }
}

import { AppError } from '@datong/kernel'

/** Lets so many works through at once; some wait in line, the others are told to come later. */
export interface Gate {
  /** @throws AppError `request/overloaded` when too many wait */
  run<T>(work: () => Promise<T>): Promise<T>
}

export function createGate({ atOnce, mostWaiting }: { readonly atOnce: number; readonly mostWaiting: number }): Gate {
  let running = 0
  const waiting: (() => void)[] = []
  async function admitted(): Promise<void> {
    if (running < atOnce) return void running++
    if (waiting.length >= mostWaiting) throw new AppError('request/overloaded')
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  function done(): void {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
  return {
    async run(work) {
      await admitted()
      try {
        return await work()
      } finally {
        done()
      }
    },
  }
}

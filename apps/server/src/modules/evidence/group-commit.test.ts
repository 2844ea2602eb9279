import { describe, expect, it } from 'vitest'
import { GroupCommit } from './group-commit.ts'

/** A writer whose batches end when the test says so. */
function heldWriter(): { batches: number[][]; ends: { ok(): void; fail(error: Error): void }[]; write(batch: readonly number[]): Promise<number[]> } {
  const batches: number[][] = []
  const ends: { ok(): void; fail(error: Error): void }[] = []
  return {
    batches,
    ends,
    write: (batch) => new Promise((resolve, reject) => {
      batches.push([...batch])
      ends.push({ ok: () => resolve(batch.map((item) => item * 10)), fail: reject })
    }),
  }
}

const OPTIONS = { maxBatch: 10, maxWeight: 100, weightOf: (item: number) => item, maxWaiting: 10, spacingMs: 0 }

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

describe('group commit', () => {
  it('writes together what arrives while a batch is under way', async () => {
    const writer = heldWriter()
    const commits = new GroupCommit(writer.write, OPTIONS)
    const first = commits.add(1)
    await turn()
    const rest = [commits.add(2), commits.add(3)]
    await turn()
    expect(writer.batches).toEqual([[1]])
    writer.ends[0]?.ok()
    await first
    await turn()
    expect(writer.batches).toEqual([[1], [2, 3]])
    writer.ends[1]?.ok()
    await Promise.all(rest)
  })

  it('gives each its own result', async () => {
    const commits = new GroupCommit(async (batch: readonly number[]) => batch.map((item) => item * 10), OPTIONS)
    expect(await Promise.all([1, 2, 3].map((item) => commits.add(item)))).toEqual([10, 20, 30])
  })

  it('writes no more at once than may weigh together, but the heaviest alone', async () => {
    const batches: number[][] = []
    const commits = new GroupCommit(async (batch: readonly number[]) => (batches.push([...batch]), batch), OPTIONS)
    await Promise.all([60, 40, 1, 500, 2].map((item) => commits.add(item)))
    expect(batches).toEqual([[60, 40], [1], [500], [2]])
  })

  it('lets a write follow another no sooner than it may', async () => {
    const begun: number[] = []
    const commits = new GroupCommit(async (batch: readonly number[]) => (begun.push(performance.now()), batch), { ...OPTIONS, spacingMs: 30 })
    await commits.add(1)
    await Promise.all([commits.add(2), commits.add(3)])
    expect(begun).toHaveLength(2)
    // Timers may end within the millisecond before.
    expect(begun[1]! - begun[0]!).toBeGreaterThanOrEqual(28)
  })

  it('resolves nobody before the batch is written', async () => {
    const writer = heldWriter()
    const commits = new GroupCommit(writer.write, OPTIONS)
    let durable = false
    const done = commits.add(1).then(() => (durable = true))
    await turn()
    expect(durable).toBe(false)
    writer.ends[0]?.ok()
    await done
    expect(durable).toBe(true)
  })

  it('rejects all of a batch that failed and goes on with the next', async () => {
    const writer = heldWriter()
    const commits = new GroupCommit(writer.write, { ...OPTIONS, maxBatch: 2 })
    const outcomes = [1, 2, 3].map((item) => commits.add(item).then(() => 'durable', (error: Error) => error.message))
    await turn()
    writer.ends[0]?.fail(new Error('disk full'))
    await turn()
    writer.ends[1]?.ok()
    expect(await Promise.all(outcomes)).toEqual(['disk full', 'disk full', 'durable'])
    await commits.idle()
  })

  it('refuses more than may wait', async () => {
    const writer = heldWriter()
    const commits = new GroupCommit(writer.write, { ...OPTIONS, maxBatch: 1, maxWaiting: 2 })
    const first = commits.add(1)
    await turn()
    const waiting = [commits.add(2), commits.add(3)]
    await expect(commits.add(4)).rejects.toMatchObject({ code: 'evidence/overloaded' })
    for (const _ of [1, 2, 3]) {
      writer.ends.at(-1)?.ok()
      await turn()
    }
    await Promise.all([first, ...waiting])
  })
})

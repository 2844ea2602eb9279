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

const OPTIONS = { maxBatch: 10, maxWeight: 100, weightOf: (item: number) => item, maxWaiting: 10, tick: async () => undefined, enough: 10, spacingMs: 0, lanes: 1 }

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

  describe('after a write that was shared', () => {
    /** A group commit that has just written three together; its ticks end when the test says so. */
    async function afterThree() {
      const batches: number[][] = []
      const ticks: (() => void)[] = []
      const tick = () => new Promise<void>((resolve) => ticks.push(resolve))
      const commits = new GroupCommit(async (batch: readonly number[]) => (batches.push([...batch]), batch), { ...OPTIONS, tick, enough: 4, spacingMs: 60_000 })
      await Promise.all([1, 2, 3].map((item) => commits.add(item)))
      return { commits, batches, ticks }
    }

    it('waits for company as long as more come', async () => {
      const { commits, batches, ticks } = await afterThree()
      const all = [commits.add(4)]
      await turn()
      all.push(commits.add(5))
      ticks.shift()?.()
      await turn()
      expect(batches).toEqual([[1, 2, 3]])
      ticks.shift()?.()
      await Promise.all(all)
      expect(batches).toEqual([[1, 2, 3], [4, 5]])
    })

    it('waits no longer when enough have come', async () => {
      const { commits, batches, ticks } = await afterThree()
      await Promise.all([4, 5, 6, 7].map((item) => commits.add(item)))
      expect([batches.at(-1), ticks]).toEqual([[4, 5, 6, 7], []])
    })

    it('waits no longer after one that was alone', async () => {
      const { commits, batches, ticks } = await afterThree()
      const alone = commits.add(4)
      await turn()
      ticks.shift()?.()
      await alone
      await commits.add(5)
      await commits.add(6)
      expect([batches.slice(-2), ticks]).toEqual([[[5], [6]], []])
    })
  })

  it('begins a second write while the first is under way, once enough wait, and no third', async () => {
    const writer = heldWriter()
    const commits = new GroupCommit(writer.write, { ...OPTIONS, lanes: 2, enough: 2 })
    const all = [commits.add(1)]
    await turn()
    all.push(commits.add(2))
    await turn()
    expect(writer.batches).toEqual([[1]])
    all.push(commits.add(3))
    await turn()
    expect(writer.batches).toEqual([[1], [2, 3]])
    all.push(commits.add(4), commits.add(5), commits.add(6))
    await turn()
    expect(writer.batches).toEqual([[1], [2, 3]])
    writer.ends[1]?.ok()
    await turn()
    expect(writer.batches).toEqual([[1], [2, 3], [4, 5, 6]])
    writer.ends[0]?.ok()
    writer.ends[2]?.ok()
    expect(await Promise.all(all)).toEqual([10, 20, 30, 40, 50, 60])
  })

  it('is closed when all writes have ended, and takes nothing more', async () => {
    const writer = heldWriter()
    const commits = new GroupCommit(writer.write, { ...OPTIONS, lanes: 2, enough: 1 })
    void commits.add(1)
    await turn()
    void commits.add(2)
    await turn()
    let isClosed = false
    const closed = commits.close().then(() => (isClosed = true))
    await expect(commits.add(3)).rejects.toMatchObject({ code: 'evidence/overloaded' })
    writer.ends[0]?.ok()
    await turn()
    expect([writer.batches.length, isClosed]).toEqual([2, false])
    writer.ends[1]?.ok()
    await closed
    expect(writer.batches).toEqual([[1], [2]])
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
    await commits.close()
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

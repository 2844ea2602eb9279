import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

it('tell what a collection of the whole heap left', async () => {
  const { registry } = createMetrics()
  const left = async (): Promise<number> => Number(/^datong_heap_after_collection_bytes (\S+)$/m.exec(await registry.metrics())?.[1])
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
  await expect.poll(left).toBeGreaterThan(1_000_000)
  const before = await left()
  const held = Buffer.alloc(64 * 2 ** 20, 1)
  runInNewContext('gc()')
  await expect.poll(left).toBeGreaterThan(before + held.length / 2)
})

import type { Clock } from '@datong/kernel'
import { createMemoryMisses } from './memory-misses.ts'
import { DEFAULT_MISS_LIMITS, type MissLimits, type Misses } from './miss-limits.ts'
import { createRedisMisses, type RedisClient } from './redis-misses.ts'

/** Exact across processes when the counters live in Redis; at once when they are in memory. */
export const createMisses = ({ clock, redis, limits = DEFAULT_MISS_LIMITS }: { clock: Clock; redis?: RedisClient; limits?: MissLimits }): Misses =>
  (redis === undefined ? createMemoryMisses(clock, limits) : createRedisMisses(clock, redis, limits))

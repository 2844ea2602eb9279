import { describe, expect, it } from 'vitest'
import type { PublishedEntry } from '../../catalog/index.ts'
import type { GrantInForce } from '../../sharing/index.ts'
import { findSleeping } from './find-sleeping.ts'

const NOW = new Date('2026-11-20T00:00:00Z')
const entry = (code: string, publishedAt: string): PublishedEntry => ({ code, organisation: 'P', title: code, stars: 4, publishedAt: new Date(publishedAt) })
const grant = (id: string, since: string): GrantInForce => ({ id, number: id, entryCode: 'e', entryTitle: 'e', provider: 'P', consumer: 'C', since: new Date(since) })
const asleep = (entries: PublishedEntry[], grants: GrantInForce[], used: Record<string, string> = {}, by: string | null = null): string[] => {
  const uses = Object.entries(used).map(([entryCode, at]) => ({ entryCode, organisation: by, at: new Date(at) }))
  return findSleeping(entries, grants, { entries: uses, grants: new Map(uses.map(({ entryCode, at }) => [entryCode, at])) }, NOW, 90).map(({ id }) => id)
}

describe('sleeping data', () => {
  it('are what was published or granted the set time ago and never used', () => {
    expect(asleep([entry('old', '2026-08-01T00:00:00Z'), entry('young', '2026-10-01T00:00:00Z')], [grant('g', '2026-01-01T00:00:00Z')])).toEqual(['old', 'g'])
  })

  it('are what was used last before the set time', () => {
    const entries = [entry('a', '2026-01-01T00:00:00Z'), entry('b', '2026-01-01T00:00:00Z')]
    expect(asleep(entries, [], { a: '2026-11-01T00:00:00Z', b: '2026-07-01T00:00:00Z' })).toEqual(['b'])
  })

  it('begin to sleep on the day itself, not a day before', () => {
    expect(asleep([entry('on the day', '2026-08-22T00:00:00Z'), entry('a second later', '2026-08-22T00:00:01Z')], [])).toEqual(['on the day'])
  })

  it('are not woken by their owner', () => {
    expect(asleep([entry('own', '2026-01-01T00:00:00Z')], [], { own: '2026-11-19T00:00:00Z' }, 'P')).toEqual(['own'])
    expect(asleep([entry('own', '2026-01-01T00:00:00Z')], [], { own: '2026-11-19T00:00:00Z' }, 'Q')).toEqual([])
  })

  it('are not asleep already when they are published anew', () => {
    expect(asleep([entry('again', '2026-11-01T00:00:00Z')], [], { again: '2026-01-01T00:00:00Z' })).toEqual([])
  })
})

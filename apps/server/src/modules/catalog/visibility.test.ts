import { describe, expect, it } from 'vitest'
import { anEntryRecord } from './testing.ts'
import { mayBeGrantedTo } from './visibility.ts'

const grants = (change: Parameters<typeof anEntryRecord>[0]): boolean[] => {
  const entry = anEntryRecord({ state: 'published', openingType: 'on-application', sharingType: 'conditional', ...change })
  return [mayBeGrantedTo(null, entry), mayBeGrantedTo('C1', entry), mayBeGrantedTo('C2', entry)]
}

describe('data may be granted', () => {
  it.each([
    ['to the public and departments', { visibility: 'all' }, [true, true, true]],
    ['to departments alone', { visibility: 'departments' }, [false, true, true]],
    ['to those who are named', { visibility: 'named', visibleTo: ['C1'] }, [false, true, false]],
    ['to nobody, of what shows its description only', { visibility: 'metadata-only' }, [false, false, false]],
    ['to the public alone, of what is not shared', { visibility: 'all', sharingType: 'not-shared' }, [true, false, false]],
    ['to departments alone, of what is closed', { visibility: 'all', openingType: 'closed' }, [false, true, true]],
    ['to nobody, of what is not published', { visibility: 'all', state: 'withdrawn' }, [false, false, false]],
  ] as const)('%s', (_, change, expected) => {
    expect(grants(change)).toEqual(expected)
  })
})

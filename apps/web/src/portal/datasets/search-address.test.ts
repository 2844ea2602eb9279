import { describe, expect, it } from 'vitest'
import { addressOf, changed, entryQuery, readSearch } from './search-address.ts'

const read = (address: string) => readSearch(new URLSearchParams(address))

describe('the address of a search', () => {
  it('brings back the same search', () => {
    const search = read('q=停车&theme=transport&openingType=open&organisation=11339900005967376C&sort=-stars&pages=3')
    expect(readSearch(new URL(addressOf(search), 'http://x').searchParams)).toEqual(search)
  })
  it('leaves out what goes without saying', () => {
    expect(addressOf(read('sort=-changedAt&pages=1'))).toBe('/datasets')
  })
  it('ignores what it cannot mean', () => {
    expect(read('theme=none&organisation=x&openingType=&sort=up&pages=-4')).toEqual({
      q: '', theme: undefined, organisation: undefined, openingType: undefined, updateCycle: undefined, resourceFormat: undefined, stars: undefined, sort: '-changedAt', pages: 1,
    })
  })
  it('orders by nearness once there are words', () => {
    expect(read('q=停车').sort).toBe('relevance')
  })
  it('begins at the first page when something changes', () => {
    expect(changed(read('pages=4'), { theme: 'health' }).pages).toBe(1)
  })
})

describe('the query of a search', () => {
  it('asks only for what the public sees', () => {
    expect(entryQuery(read('theme=health'))).toEqual({ audience: 'public', sort: '-changedAt', theme: 'health' })
  })
})

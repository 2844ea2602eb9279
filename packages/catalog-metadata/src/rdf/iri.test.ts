import { describe, expect, it } from 'vitest'
import { iriOf, partOf } from './iri.ts'

describe('an address as an IRI', () => {
  it.each([
    ['https://data.example.gov.cn/dataset/301001-000001#csv', 'https://data.example.gov.cn/dataset/301001-000001#csv'],
    ['http://x.cn/a b<c>"d"|e^`f{g}\\', 'http://x.cn/a%20b%3Cc%3E%22d%22%7Ce%5E%60f%7Bg%7D/'],
    ['https://x.cn/p[1]?q[]=%zz#a#b', 'https://x.cn/p%5B1%5D?q%5B%5D=%25zz#a%23b'],
    ['https://[2001:db8::1]/p[1]', 'https://[2001:db8::1]/p%5B1%5D'],
    ['  https://例子.中国/数据  ', 'https://xn--fsqu00a.xn--fiqs8s/%E6%95%B0%E6%8D%AE'],
    ['ftp://x.cn/\ud800', 'ftp://x.cn/%EF%BF%BD'],
    ['urn:uuid:1', 'urn:uuid:1'],
  ])('%s becomes valid', (address, iri) => expect(iriOf(address)).toBe(iri))

  it.each(['', 'data/1', '//x.cn/1', 'http://', 'x y'])('%s is none', (address) => expect(iriOf(address)).toBeUndefined())

  it('has parts by fragment, and parts of parts', () => {
    expect(partOf('https://x.cn/1', 'csv')).toBe('https://x.cn/1#csv')
    expect(partOf('https://x.cn/1#csv', 'rights')).toBe('https://x.cn/1#csv-rights')
  })
})

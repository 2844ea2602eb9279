import { json, type Peer } from '../../testing/a-peer.ts'

export { aPeer, json, type Peer } from '../../testing/a-peer.ts'

/** `package_search` over so many packages, as CKAN answers it. */
export const aCkan = (packages: readonly object[]): Peer['answer'] => (request, response) => {
  const query = new URL(request.url ?? '', 'http://peer').searchParams
  const start = Number(query.get('start'))
  json(response, { success: true, result: { count: packages.length, results: packages.slice(start, start + Number(query.get('rows'))) } })
}

export const aPackage = (number: number, change: object = {}): object => ({
  id: `p-${String(number).padStart(4, '0')}`, name: `set-${number}`, title: `数据集${number}`, notes: '说明', metadata_modified: '2026-11-01T00:00:00',
  resources: [{ id: `r-${number}`, url: `https://example.gov.cn/${number}.csv`, format: 'CSV' }], ...change,
})

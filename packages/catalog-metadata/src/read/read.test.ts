import fc from 'fast-check'
import { Parser } from 'n3'
import { describe, expect, it } from 'vitest'
import { datasetToDcat } from '../dcat/catalog.ts'
import { anyDataset, CAR_PARKS } from '../testing/descriptions.ts'
import { fromCkanPackage } from './ckan-package.ts'
import { fromDcat } from './dcat.ts'
import { fromDcatUs } from './dcat-us.ts'

describe('a description that we wrote as DCAT', () => {
  const [read] = fromDcat(datasetToDcat(CAR_PARKS)).datasets

  it('is read back with what it said', () => {
    const said = ['iri', 'identifier', 'title', 'description', 'keywords', 'frequency', 'issued', 'modified', 'temporal', 'version', 'accessRights', 'licence', 'landingPage'] as const
    for (const key of said) expect([key, read?.[key]]).toEqual([key, CAR_PARKS[key]])
    expect(read?.publisher).toMatchObject({ identifier: CAR_PARKS.publisher?.identifier, name: CAR_PARKS.publisher?.name })
    expect(read?.contact).toEqual({ ...CAR_PARKS.contact, phone: '021-12345678' })
    expect(read?.spatial).toMatchObject([{ code: '990100', name: '某市' }])
    expect(read?.distributions.map(({ accessUrl, downloadUrl, mediaType, format, byteSize }) => ({ accessUrl, downloadUrl, mediaType, format, byteSize })))
      .toEqual(CAR_PARKS.distributions.map(({ accessUrl, downloadUrl, mediaType, format, byteSize }) => ({ accessUrl, downloadUrl, mediaType, format, byteSize })))
  })

  it('is read whatever it holds', () => {
    fc.assert(fc.property(anyDataset, (dataset) => {
      const { datasets, unusable } = fromDcat(datasetToDcat(dataset))
      expect(datasets.length + unusable.length).toBe(1)
    }))
  })
})

describe('DCAT of others', () => {
  const parse = (turtle: string) => fromDcat(new Parser().parse(`@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix hydra: <http://www.w3.org/ns/hydra/core#> . ${turtle}`))

  it('may use blank nodes, plain literals and tags in any case', () => {
    const { datasets } = parse(`[] a dcat:Dataset ; dct:identifier "7" ; dct:title "停车场"@zh-hans, "Car parks"@en-GB ; dct:publisher "交通局" ; dcat:keyword "停车", "parking" ;
      dct:license "自定义许可" ; dcat:contactPoint [ vcard:fn "张" ; vcard:hasEmail [ vcard:hasValue <mailto:a@b.cn> ] ] ;
      dcat:distribution [ dcat:accessURL <https://x.cn/1.csv> ; dct:format "csv" ] .`)
    expect(datasets).toMatchObject([{
      identifier: '7', title: { 'zh-CN': '停车场', 'en-gb': 'Car parks' }, publisher: { name: { 'zh-CN': '交通局' } }, keywords: { 'zh-CN': ['停车'], en: ['parking'] },
      licence: { name: '自定义许可' }, contact: { name: '张', email: 'a@b.cn' }, distributions: [{ accessUrl: 'https://x.cn/1.csv', format: 'csv' }],
    }])
  })

  it('that names itself in circles, or has ten thousand blank nodes, comes to an end', () => {
    const circle = '<https://x.cn/1> a dcat:Dataset ; dct:identifier "1" ; dct:title "环" ; dcat:distribution <https://x.cn/1> ; dct:publisher <https://x.cn/1> ; dct:isPartOf <https://x.cn/1> .'
    const blanks = Array.from({ length: 10_000 }, (_, index) => `_:b${index} dct:relation _:b${(index + 1) % 10_000} . <https://x.cn/1> dcat:distribution _:b${index} .`).join('\n')
    expect(parse(`${circle} ${blanks}`).datasets).toMatchObject([{ identifier: '1', distributions: [] }])
  })

  it('without a title is told apart, and the next page is found', () => {
    expect(parse('<https://x.cn/1> a dcat:Dataset . <https://x.cn/c?page=1> hydra:next <https://x.cn/c?page=2> . <https://x.cn/c> hydra:totalItems 250 .'))
      .toEqual({ datasets: [], unusable: ['https://x.cn/1'], next: 'https://x.cn/c?page=2', total: 250 })
  })
})

describe('a package of CKAN', () => {
  it('is read with its resources, tags and organisation', () => {
    expect(fromCkanPackage({
      id: 'a1', name: 'car-parks', title: '停车场', notes: '全市', license_id: 'cc-by', metadata_created: '2026-01-02T03:04:05.123456', metadata_modified: '2026-02-03T04:05:06',
      organization: { name: 'transport', title: '交通局' }, tags: [{ name: 'parking', display_name: '停车' }], maintainer: '张', maintainer_email: 'a@b.cn', private: false,
      extras: [{ key: 'frequency', value: 'http://publications.europa.eu/resource/authority/frequency/DAILY' }],
      resources: [{ id: 'r1', name: '表', url: 'https://x.cn/1.csv', format: 'CSV', size: '12' }, { id: 'r2', url: '' }],
    }, 'https://ckan.example')).toMatchObject({
      iri: 'https://ckan.example/dataset/car-parks', identifier: 'a1', title: { 'zh-CN': '停车场' }, licence: { id: 'CC-BY-4.0' }, modified: '2026-02-03T04:05:06Z', frequency: 'daily',
      publisher: { name: { 'zh-CN': '交通局' } }, keywords: { 'zh-CN': ['停车'] }, contact: { name: '张', email: 'a@b.cn' }, distributions: [{ key: 'r1', byteSize: 12, format: 'CSV' }],
    })
  })

  it.each([[null], ['words'], [[]], [{}], [{ id: 'a' }], [{ title: 'b' }]])('is none when it is %j', (value) => {
    expect(fromCkanPackage(value, 'https://ckan.example')).toBeUndefined()
  })
})

it('whatever stands in a package or a data set of DCAT-US, reading ends in a description or in nothing', () => {
  fc.assert(fc.property(fc.object({ key: fc.constantFrom('id', 'title', 'identifier', 'notes', 'tags', 'resources', 'distribution', 'publisher', 'contactPoint', 'extras', 'keyword', 'temporal', 'size'), maxDepth: 3 }), (value) => {
    for (const read of [fromCkanPackage(value, 'https://x.cn'), fromDcatUs(value)]) expect(read === undefined || read.identifier !== '').toBe(true)
  }))
})

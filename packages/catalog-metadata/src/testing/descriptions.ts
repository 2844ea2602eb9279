import fc from 'fast-check'
import type { CatalogDescription, DatasetDescription, DistributionDescription, LocalisedText } from '../description.ts'
import { licenceOf } from '../vocabularies/licences.ts'
import { themeOf } from '../vocabularies/themes.ts'

export const CATALOG: CatalogDescription = {
  iri: 'https://data.example.gov.cn/catalog', homepage: 'https://data.example.gov.cn/', title: { 'zh-CN': '某市公共数据目录', en: 'Public data of Some City' },
  description: { 'zh-CN': '全市公共数据' }, languages: ['zh-CN', 'en'], spatial: [{ code: '990100', iri: null, name: '某市' }], issued: '2026-01-01', modified: '2026-11-20T02:00:00.000Z',
  licence: licenceOf('CC-BY-4.0')!, // in the table
  publisher: { iri: 'https://data.example.gov.cn/catalog#organisation-1', identifier: '11990100MB0000001A', name: { 'zh-CN': '大数据局' }, homepage: null },
}

/** A data set with everything said about it. */
export const CAR_PARKS: DatasetDescription = {
  iri: 'https://data.example.gov.cn/dataset/301002-000007', identifier: '301002-000007', landingPage: 'https://data.example.gov.cn/datasets/301002-000007',
  title: { 'zh-CN': '停车场基本信息', en: 'Car parks' }, description: { 'zh-CN': '全市公共停车场的名称、位置和泊位数' },
  publisher: { iri: 'https://data.example.gov.cn/catalog#organisation-2', identifier: '11990100MB0000002B', name: { 'zh-CN': '交通局', en: 'Transport Bureau' }, homepage: 'https://data.example.gov.cn/datasets?organisation=11990100MB0000002B' },
  contact: { name: '数据专员', email: 'data@example.gov.cn', phone: '021-1234 5678', url: null },
  keywords: { 'zh-CN': ['停车', '泊位'] }, themes: [themeOf('transport')], licence: licenceOf('CC-BY-4.0'), issued: '2026-11-01T02:00:00.000Z', modified: '2026-11-20T02:00:00.000Z',
  frequency: 'daily', nextUpdate: '2026-11-21T02:00:00.000Z', spatial: [{ code: '990100', iri: null, name: '某市' }], temporal: [{ from: '2026-01-01', to: null }],
  provenance: { 'zh-CN': '由各区停车管理系统汇总' }, version: '3', versionNotes: {}, accessRights: 'public', rights: {}, legalBasis: null, conformsTo: [], languages: ['zh-CN'], rowCount: 2,
  relations: [{ kind: 'source', iri: 'https://data.example.gov.cn/dataset/301002-000003', title: null }],
  fields: [
    { name: '停车场编号', description: '', type: 'text', maxLength: 12, precision: null, scale: null, unit: null, element: null, codeList: null, identifier: true },
    { name: '泊位数', description: '小型车', type: 'integer', maxLength: null, precision: null, scale: null, unit: '个', element: null, codeList: null, identifier: false },
    { name: '收费', description: '', type: 'decimal', maxLength: null, precision: 8, scale: 2, unit: '元', element: null, codeList: null, identifier: false },
    { name: '开放日期', description: '', type: 'date', maxLength: null, precision: null, scale: null, unit: null, element: 'DE0021', codeList: null, identifier: false },
  ],
  distributions: [
    {
      iri: 'https://data.example.gov.cn/dataset/301002-000007#csv', key: 'csv', title: { 'zh-CN': '停车场（CSV）' }, description: { 'zh-CN': '全部数据' },
      accessUrl: 'https://data.example.gov.cn/data/v1/301002-000007/download?format=csv', downloadUrl: 'https://data.example.gov.cn/data/v1/301002-000007/download?format=csv',
      mediaType: 'text/csv', format: 'CSV', byteSize: 2048, checksum: { algorithm: 'sha256', value: 'ab'.repeat(32) }, licence: licenceOf('CC-BY-4.0'), rights: { 'zh-CN': '注明来源' },
      issued: '2026-11-01T02:00:00.000Z', modified: '2026-11-20T02:00:00.000Z', availability: 'stable', conformsTo: [{ iri: 'https://www.rfc-editor.org/rfc/rfc4180', title: 'RFC 4180' }], accessService: null,
    },
    {
      iri: null, key: 'api', title: {}, description: {}, accessUrl: 'https://data.example.gov.cn/data/v1/301002-000007/rows', downloadUrl: null, mediaType: 'application/json', format: 'JSON',
      byteSize: null, checksum: null, licence: licenceOf('CC-BY-4.0'), rights: {}, issued: null, modified: null, availability: null, conformsTo: [], accessService: 'https://data.example.gov.cn/dataset/301002-000007#service',
    },
  ],
  services: [{
    iri: 'https://data.example.gov.cn/dataset/301002-000007#service', title: { 'zh-CN': '停车场接口' }, description: {}, endpointUrl: 'https://data.example.gov.cn/data/v1/301002-000007/rows',
    endpointDescription: 'https://data.example.gov.cn/data/v1/301002-000007/openapi.json', conformsTo: [{ iri: 'https://spec.openapis.org/oas/v3.1.0', title: 'OpenAPI 3.1.0' }],
  }],
  listed: '2026-11-01T02:00:00.000Z', changed: '2026-11-20T02:00:00.000Z', origin: null,
}

/** Any words at all: other scripts, quotes, markup, control characters, halves of characters. */
const anyWords = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('</script>', '"\\"', "a\r\nb", '<![CDATA[', '𠮷野家', '\ud800', '{{x}}', '  '))
const anyText: fc.Arbitrary<LocalisedText> = fc.dictionary(fc.constantFrom('zh-CN', 'en', '', 'not a tag', 'bo'), anyWords, { maxKeys: 2 })
const anyAddress = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom('https://例子.中国/数据?名=值', 'http://x.cn/a b<c>"d"|e^`f{g}', 'https://x.cn/p[1]?q[]=%zz#a#b', 'urn:uuid:1', 'not an address', '', 'javascript:alert(1)', 'ftp://x.cn/数据.csv'),
  anyWords,
)
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary)
const anyTime = fc.oneof(fc.date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2100-01-01') }).map((date) => date.toISOString()), fc.constantFrom('2026-02-28', '2026-02-31x', 'yesterday', '2026-11', '2026-11-20T10:00:00+08:00'))
const anyLicence = maybe(fc.oneof(fc.constantFrom('CC-BY-4.0', 'CC0-1.0', 'ODbL-1.0', '内部许可', 'https://example.com/terms'), anyWords).map((words) => licenceOf(words))).map((licence) => licence)
const anyStandards = fc.array(fc.record({ iri: maybe(anyAddress), title: anyWords }), { maxLength: 2 })

const anyDistribution: fc.Arbitrary<DistributionDescription> = fc.record({
  iri: maybe(fc.constant(null)), key: anyWords, title: anyText, description: anyText, accessUrl: anyAddress, downloadUrl: maybe(anyAddress),
  mediaType: maybe(fc.constantFrom('text/csv', 'text/csv; charset=utf-8', 'nonsense', 'application/vnd.ms-excel')), format: maybe(fc.oneof(fc.constantFrom('csv', 'XLSX', '.pdf', 'GeoJSON'), anyWords)),
  byteSize: maybe(fc.nat()), checksum: maybe(fc.record({ algorithm: fc.constantFrom('sha256' as const, 'md5' as const), value: fc.constantFrom('00ff', 'ABCDEF', 'xyz', '') })), licence: anyLicence, rights: anyText,
  issued: maybe(anyTime), modified: maybe(anyTime), availability: fc.constantFrom('stable', 'temporary', null), conformsTo: anyStandards, accessService: fc.constant(null),
})

/** Descriptions as other catalogues' mistakes and hostile people could make them. */
export const anyDataset: fc.Arbitrary<DatasetDescription> = fc.record({
  iri: fc.nat().map((number) => `https://data.example.gov.cn/dataset/301001-${String(number).padStart(6, '0')}`), identifier: anyWords, landingPage: maybe(anyAddress), title: anyText, description: anyText,
  publisher: maybe(fc.record({ iri: maybe(anyAddress), identifier: maybe(anyWords), name: anyText, homepage: maybe(anyAddress) })),
  contact: maybe(fc.record({ name: maybe(anyWords), email: maybe(anyWords), phone: maybe(anyWords), url: maybe(anyAddress) })),
  keywords: fc.dictionary(fc.constantFrom('zh-CN', 'en'), fc.array(anyWords, { maxLength: 3 }), { maxKeys: 2 }),
  themes: fc.array(fc.oneof(fc.constantFrom('transport', 'other', 'nonsense').map(themeOf), fc.record({ id: fc.constant(null), iri: maybe(anyAddress), label: anyText })), { maxLength: 2 }),
  licence: anyLicence, issued: maybe(anyTime), modified: maybe(anyTime), frequency: fc.constantFrom('realtime', 'quarterly', 'irregular', null), nextUpdate: maybe(anyTime),
  spatial: fc.array(fc.record({ code: maybe(anyWords), iri: maybe(anyAddress), name: maybe(anyWords) }), { maxLength: 2 }), temporal: fc.array(fc.record({ from: maybe(anyTime), to: maybe(anyTime) }), { maxLength: 2 }),
  provenance: anyText, version: maybe(anyWords), versionNotes: anyText, relations: fc.array(fc.record({ kind: fc.constantFrom('source', 'part-of', 'replaces', 'related', 'version-of'), iri: anyAddress, title: fc.constant(null) }), { maxLength: 2 }),
  accessRights: fc.constantFrom('public', 'restricted', 'non-public', null), rights: anyText, legalBasis: maybe(anyWords), conformsTo: anyStandards, languages: fc.subarray(['zh-CN', 'en', 'xx']), rowCount: maybe(fc.nat()),
  fields: fc.constant([]), distributions: fc.array(anyDistribution, { maxLength: 3 }), services: fc.constant([]), listed: maybe(anyTime), changed: anyTime.filter((at) => at.length > 20),
  origin: maybe(fc.record({ source: anyWords, identifier: anyWords, url: maybe(anyAddress) })),
})

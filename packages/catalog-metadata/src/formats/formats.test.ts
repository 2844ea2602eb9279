import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DCAT_US_SCHEMA } from '../testing/dcat-us-schema.ts'
import { anyDataset, CAR_PARKS, CATALOG } from '../testing/descriptions.ts'
import { DATA_PACKAGE_SCHEMA } from '../testing/package-schema.ts'
import { toCsvw } from './csvw.ts'
import { toDataPackage } from './data-package.ts'
import { catalogToDcatUs, datasetToDcatUs } from './dcat-us.ts'
import { jsonForScript, toSchemaOrg } from './schema-org.ts'

const ajv = new Ajv2020({ allErrors: true, strict: false })
addFormats['default'](ajv)
const dcatUs = ajv.compile(DCAT_US_SCHEMA)
const dataPackage = ajv.compile(DATA_PACKAGE_SCHEMA)

describe('DCAT-US 1.1', () => {
  it('says a full description by its schema', () => {
    const catalog = { ...catalogToDcatUs(CATALOG), dataset: [datasetToDcatUs(CAR_PARKS)] }
    expect(dcatUs(catalog) ? [] : dcatUs.errors).toEqual([])
    expect(datasetToDcatUs(CAR_PARKS)).toMatchObject({
      identifier: CAR_PARKS.iri, keyword: ['停车', '泊位'], accessLevel: 'public', accrualPeriodicity: 'R/P1D', license: 'https://creativecommons.org/licenses/by/4.0/', contactPoint: { hasEmail: 'mailto:data@example.gov.cn' },
      distribution: [{ downloadURL: CAR_PARKS.distributions[0]?.downloadUrl, mediaType: 'text/csv' }, { accessURL: CAR_PARKS.distributions[1]?.accessUrl }],
    })
  })

  it('holds by its schema whatever is described, when there is somebody to write to', () => {
    const contact = { name: null, email: 'data@example.gov.cn', phone: null, url: null }
    fc.assert(fc.property(anyDataset, (dataset) => {
      const catalog = { ...catalogToDcatUs(CATALOG), dataset: [datasetToDcatUs({ ...dataset, contact })] }
      expect(dcatUs(JSON.parse(JSON.stringify(catalog))) ? [] : dcatUs.errors).toEqual([])
    }))
  })

  it('leaves an address for mail out when none is known, rather than make one up', () => {
    expect(datasetToDcatUs({ ...CAR_PARKS, contact: null })['contactPoint']).toEqual({ '@type': 'vcard:Contact', fn: '交通局' })
  })

  it('cuts conditions at the length that the schema allows', () => {
    expect(datasetToDcatUs({ ...CAR_PARKS, rights: { 'zh-CN': '限'.repeat(300) } })['rights']).toHaveLength(255)
  })
})

describe('schema.org', () => {
  it('offers downloads only, with the languages of the title', () => {
    const said = toSchemaOrg(CAR_PARKS, CATALOG)
    expect(said).toMatchObject({ '@type': 'Dataset', name: '停车场基本信息', alternateName: 'Car parks', temporalCoverage: '2026-01-01/..', isBasedOn: ['https://data.example.gov.cn/dataset/301002-000003'] })
    expect(said['distribution']).toHaveLength(1)
  })

  it('cannot end the element that it stands in, and means the same', () => {
    fc.assert(fc.property(anyDataset, (dataset) => {
      const value = { ...toSchemaOrg(dataset, CATALOG), extra: '</script><!--<script>\u2028' }
      const text = jsonForScript(value)
      expect(text).not.toMatch(/[<>&\u2028\u2029]/)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }))
  })
})

describe('data packages', () => {
  it('hold by the rules of version 2, whatever is described', () => {
    expect(dataPackage(toDataPackage(CAR_PARKS)) ? [] : dataPackage.errors).toEqual([])
    fc.assert(fc.property(anyDataset, (dataset) => {
      const made = toDataPackage({ ...dataset, distributions: dataset.distributions.map((one) => ({ ...one, downloadUrl: `https://data.example.gov.cn/${encodeURIComponent(one.key.toWellFormed())}` })) })
      expect(made === undefined || dataPackage(made) ? [] : dataPackage.errors).toEqual([])
      expect(made === undefined).toBe(dataset.distributions.length === 0)
    }))
  })

  it('have the schema of the table where it is CSV, and none without a file', () => {
    const { resources } = toDataPackage(CAR_PARKS) as { resources: { schema: { fields: unknown[] } }[] } // a package always has them
    expect(resources[0]?.schema.fields).toEqual([
      { name: '停车场编号', type: 'string', constraints: { maxLength: 12 } }, { name: '泊位数', type: 'integer', description: '小型车；单位：个' },
      { name: '收费', type: 'number', description: '单位：元' }, { name: '开放日期', type: 'date' },
    ])
    expect(toDataPackage({ ...CAR_PARKS, distributions: [] })).toBeUndefined()
  })
})

describe('CSV on the Web', () => {
  it('describes the columns of the CSV file, and nothing when there is none', () => {
    expect(toCsvw(CAR_PARKS)).toMatchObject({
      '@context': ['http://www.w3.org/ns/csvw', { '@language': 'zh-CN' }], url: CAR_PARKS.distributions[0]?.downloadUrl,
      tableSchema: { columns: [{ name: '%E5%81%9C%E8%BD%A6%E5%9C%BA%E7%BC%96%E5%8F%B7', titles: '停车场编号', datatype: { base: 'string', maxLength: 12 } }, { titles: '泊位数', datatype: 'integer', 'schema:unitText': '个' }, { datatype: 'decimal' }, { datatype: 'date' }] },
    })
    expect(toCsvw({ ...CAR_PARKS, distributions: CAR_PARKS.distributions.slice(1) })).toBeUndefined()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDataset, CAR_PARKS, CATALOG } from '../testing/descriptions.ts'
import { findingsOf, hasShapes, SHAPES } from '../testing/shapes.ts'
import { catalogToDcat, type PageDescription } from './catalog.ts'

const PAGE: PageDescription = {
  self: 'https://data.example.gov.cn/catalog?after=301001-000001', first: 'https://data.example.gov.cn/catalog', previous: null, next: null,
  last: 'https://data.example.gov.cn/catalog?after=301001-000001', totalItems: 101,
}

describe.skipIf(!hasShapes())('the SHACL shapes of DCAT-AP 3.0.1 (DATONG_SHARED)', () => {
  it.each(SHAPES)('find no violation in a full description: %s', async (shapes) => {
    const findings = await findingsOf(shapes, catalogToDcat(CATALOG, [CAR_PARKS], PAGE))
    expect(findings.filter(({ severity }) => severity === 'Violation')).toEqual([])
  })

  it.each(SHAPES)('find no violation whatever is described: %s', async (shapes) => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyDataset, { minLength: 15, maxLength: 30, selector: ({ iri }) => iri }), async (datasets) => {
        const findings = await findingsOf(shapes, catalogToDcat(CATALOG, datasets, PAGE))
        expect(findings.filter(({ severity }) => severity === 'Violation')).toEqual([])
      }),
      { numRuns: 3, endOnFailure: true },
    )
  })

  it('do find what is wrong: a data set without a title', async () => {
    const quads = catalogToDcat(CATALOG, [CAR_PARKS], PAGE).filter(({ subject, predicate }) => !(subject.value === CAR_PARKS.iri && predicate.value.endsWith('/title')))
    expect((await findingsOf('shapes.ttl', quads)).filter(({ severity }) => severity === 'Violation')).toEqual([
      { severity: 'Violation', focus: CAR_PARKS.iri, path: 'http://purl.org/dc/terms/title', constraint: 'MinCountConstraintComponent', value: '' },
    ])
  })

  it('recommend of what we could say only what a description may lack', async () => {
    const findings = await findingsOf('shapes_recommended.ttl', catalogToDcat(CATALOG, [CAR_PARKS], PAGE))
    const recommended = new Set(findings.map(({ path }) => path.split(/[#/]/).at(-1)))
    // Kind of agent, state of a record and of a licence's text, corners of a place, an end of a period without end: not known here.
    expect([...recommended].toSorted()).toEqual(['availability', 'bbox', 'centroid', 'description', 'endDate', 'status', 'type'])
  })
})

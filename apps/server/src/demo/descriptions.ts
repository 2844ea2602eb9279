import type { BodyOf, operations } from '@datong/contracts'
import type { DemoTable } from '@datong/demo-city'
import { organisationOf, type Stage } from './context.ts'

type Patch = BodyOf<typeof operations.updateEntry>

/** Classes beyond the departments' own, and from when on the data tell, by table. */
const KNOWN: Readonly<Record<string, { readonly classification?: string; readonly from: string }>> = {
  enterprise: { classification: '102001', from: '1994-07-01' }, 'food-licence': { classification: '204001', from: '2015-10-01' }, licence: { classification: '104001', from: '2018-12-01' },
  penalty: { classification: '104002', from: '2018-12-01' }, 'social-insurance': { classification: '101005', from: '2011-07-01' }, 'tax-register': { from: '2015-10-01' },
  'tax-credit-a': { classification: '208001', from: '2015-01-01' }, 'tax-filing': { from: '2018-06-15' }, property: { classification: '103003', from: '2015-03-01' },
  mortgage: { classification: '103003', from: '2015-03-01' }, 'birth-certificate': { classification: '101003', from: '1996-01-01' }, 'medical-institution': { classification: '202001', from: '2017-04-01' },
  'housing-fund': { classification: '203004', from: '1999-04-03' }, resident: { classification: '101001', from: '1958-01-09' }, vehicle: { classification: '201002', from: '2004-05-01' },
  marriage: { classification: '101002', from: '2003-10-01' }, 'low-income': { classification: '203002', from: '2014-05-01' }, 'bus-stop': { classification: '201002', from: '2020-01-01' },
  parking: { classification: '201002', from: '2021-01-01' }, 'air-quality': { classification: '211001', from: '2026-01-01' }, 'water-quality': { classification: '211001', from: '2024-01-01' },
  'environment-report': { classification: '211002', from: '2020-01-01' }, school: { classification: '201003', from: '2019-09-01' }, budget: { classification: '213001', from: '2023-01-01' },
}

/** The rest of the core metadata, as the departments of the city would give it. */
export function coreMetadataOf({ city }: Stage, { key, owner, sharingType, openingType }: DemoTable): Patch {
  const organisation = city.organisations.find((one) => one.code === owner)
  const region = city.regions.find(({ code }) => code === organisation?.regionCode)
  const known = KNOWN[key]
  return {
    ...(known?.classification === undefined ? {} : { classification: known.classification }),
    temporal: known === undefined ? null : { from: known.from, to: null },
    spatial: region === undefined ? null : { division: region.code, name: region.nameZh },
    resourceFormat: 'database',
    sharingWays: sharingType === 'not-shared' ? [] : sharingType === 'conditional' ? ['interface', 'verification'] : ['interface', 'file', 'subscription'],
    openingCondition: openingType === 'on-application' ? '说明用途，只用于所申请的用途，并注明来源' : '',
    contact: `${organisation?.shortZh ?? ''}数据专员`, contactPhone: '12345', contactEmail: `${organisation?.key ?? 'data'}@lanhai.example`,
  }
}

type Relations = NonNullable<Patch['relations']>

/** How tables of the city stand to each other. */
const RELATIONS: Readonly<Record<string, readonly (readonly [Relations[number]['kind'], string])[]>> = {
  'food-licence': [['source', 'enterprise']], licence: [['source', 'enterprise']], penalty: [['source', 'enterprise'], ['related', 'licence']], 'tax-register': [['source', 'enterprise']],
  'tax-credit-a': [['part-of', 'tax-register']], 'birth-certificate': [['related', 'resident']], marriage: [['source', 'resident']], 'low-income': [['source', 'resident']],
  vehicle: [['source', 'resident']], 'housing-fund': [['related', 'social-insurance']],
}

/** The bureau relates entries, and limits who sees some: each kind of visibility is there once. */
export function orderOf(stage: Stage): ReadonlyMap<string, (codeOf: (key: string) => string) => Patch> {
  const sights = new Map<string, Patch>([
    ['tax-register', { visibility: 'departments' }],
    ['housing-fund', { visibility: 'named', visibleTo: (['labour', 'civil', 'land', 'tax'] as const).map((key) => organisationOf(stage, key)) }],
    ['birth-certificate', { visibility: 'metadata-only' }],
  ])
  return new Map(Object.entries(RELATIONS).map(([key, relations]) => [key, (codeOf) => ({
    ...sights.get(key), relations: relations.map(([kind, other]) => ({ kind, code: codeOf(other) })),
  })]))
}

import type { FieldSchema } from '@datong/data-engine'
import { createJobRunner } from '@datong/job-runner'
import { systemRandom } from '@datong/kernel'
import type { Store } from '@datong/metadata-store'
import { createLog } from '../../http/index.ts'
import { createSealer } from '../../platform/seal.ts'
import type { DeliveryDeps } from './deps.ts'
import type { DeliveryPlan, Mask, PlanField } from './plan/plan.ts'

/** A plan for tests: fields by name and type, some masked; the one called 身份证号 identifies. */
export function aPlan(fields: Readonly<Record<string, FieldSchema['type']>>, masks: Readonly<Record<string, Mask>> = {}, change: Partial<DeliveryPlan> = {}): DeliveryPlan {
  const schema = Object.entries(fields).map(([name, type]): FieldSchema => ({ name, type, nullable: true }))
  const planFields = schema.map((one): [string, PlanField] => [one.name, {
    name: one.name, description: '', schema: one, grade: 'internal', identifier: false,
    masking: masks[one.name] === undefined ? null : 'redact', mask: masks[one.name] ?? null, lookUp: one.name === '身份证号', namesPersons: false,
  }])
  return {
    entryCode: '301001-000001', title: '企业登记', provider: 'P', basis: { kind: 'open' }, version: 1, fixed: false, rowCount: 0, files: [], schema,
    fields: new Map(planFields), persons: [], rowFilter: [], serving: null, watermark: null, ...change,
  }
}

/** What forms that go on by themselves need, for tests of those that do not. */
export function plainForms(store: Store): Pick<DeliveryDeps, 'apps' | 'jobs' | 'random' | 'sealer' | 'forms' | 'signaturesFrom' | 'watermarkFrom'> {
  return {
    apps: { find: async () => undefined }, jobs: createJobRunner({ store, log: createLog('silent'), role: 'api' }), random: systemRandom,
    sealer: createSealer(new Uint8Array(32)), forms: { allowLoopback: true, pushNetworks: null, harvestNetworks: [], sourceNetworks: [], webhookPorts: [443], linkSpaceBytes: 2 ** 30, keptAnswerBytes: 2 ** 20 },
    signaturesFrom: null, watermarkFrom: null,
  }
}

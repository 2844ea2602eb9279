import type { Derived, Duties, Rule } from '@datong/contracts'
import { DEMO_DUTIES, DEMO_INTERFACE, DEMO_RULES, type DemoRule } from '@datong/demo-city'
import { entryOf, organisationOf, providerOf, send, sessionOf, type Stage } from './context.ts'

const REASON = '按三定方案和权责清单设定'

/** The steward sets the duty lists of the departments, those that are missing. */
export async function setDuties(stage: Stage): Promise<void> {
  const headers = await sessionOf(stage, 'steward')
  const { items } = (await send(stage, { url: '/api/v1/sharing/duties', headers })).json<{ items: Duties[] }>()
  const there = new Set(items.filter(({ revision }) => revision > 0).map(({ organisation }) => organisation.code))
  for (const organisation of stage.city.organisations) {
    const purposes = DEMO_DUTIES[organisation.key]
    if (purposes === undefined || there.has(organisation.code)) continue
    await send(stage, {
      method: 'PUT', url: `/api/v1/sharing/duties/${organisation.code}`, headers, payload: { purposes, words: organisation.duties, reason: REASON, revision: 0 },
    })
  }
}

/** The bureau and a department write their rules and activate them, unless they did before. */
export async function writeRules(stage: Stage): Promise<void> {
  for (const rule of DEMO_RULES) {
    const headers = await sessionOf(stage, rule.by === null ? 'steward' : providerOf(stage, organisationOf(stage, rule.by)))
    const { items } = (await send(stage, { url: '/api/v1/sharing/rules?limit=100', headers })).json<{ items: Rule[] }>()
    const known = items.find(({ name }) => name === rule.name)
    const { id, state, revision } = known ?? (await send(stage, { method: 'POST', url: '/api/v1/sharing/rules', headers, payload: contentOf(stage, rule) })).json<Rule>()
    if (state === 'draft') await send(stage, { method: 'POST', url: `/api/v1/sharing/rules/${id}/actions/activate`, headers, payload: { reason: '经回放检验，自即日起执行', revision } })
  }
}

function contentOf(stage: Stage, { by, entryKey, name, priority, effect, reason, legalBasis, conditions }: DemoRule): object {
  const entry = entryKey === null ? [] : [{ attribute: 'entry', operator: 'eq', value: entryOf(stage, entryKey) }]
  return { scope: by === null ? 'city' : 'department', name, priority, effect, reason, legalBasis, conditions: [...entry, ...conditions] }
}

/** A department saves a query over two of its grants as an interface, unless it did before. */
export async function saveInterface(stage: Stage): Promise<void> {
  const { by, name, title, sources, on, select, parameter } = DEMO_INTERFACE
  const headers = await sessionOf(stage, by)
  const { items } = (await send(stage, { url: '/api/v1/delivery/derived', headers })).json<{ items: Derived[] }>()
  if (items.some((one) => one.name === name)) return
  await send(stage, {
    method: 'POST', url: '/api/v1/delivery/derived', headers,
    payload: {
      name, title,
      definition: {
        sources: sources.map((key, index) => ({ entryCode: entryOf(stage, key), ...(index === 0 ? {} : { join: { kind: 'inner', on: [{ field: on, source: 0, with: on }] } }) })),
        select: select.map(([key, field]) => ({ source: sources.indexOf(key), field })),
        filters: [{ source: 0, field: parameter.field, op: 'eq', parameter: parameter.name }],
        parameters: [{ name: parameter.name, required: false, description: parameter.description }],
        limit: 100,
      },
    },
  })
}

import type { CheckedView, View } from '@datong/contracts'
import { isAppError } from '@datong/kernel'
import type { CollectionContext } from '../context.ts'
import { currentInputs } from './build-view.ts'
import type { ViewRow, ViewVersionRow } from './tables.ts'
import { prepareView } from './view-inputs.ts'

/** A view with what it stands on now. */
export async function showView(context: CollectionContext, row: ViewRow, definitions: readonly ViewVersionRow[]): Promise<View> {
  const { id, entry_code: entryCode, inputs, version } = row
  const newest = (await context.versions.list(entryCode))[0]
  const lineage = newest?.lineage
  const built = new Map((lineage?.inputs ?? []).flatMap((input) => (input.kind === 'version' ? [[input.entryCode, input.version] as const] : [])))
  const builtBy = lineage?.steps.find((step) => step.kind === 'query')?.version
  const current = await currentInputs(context, row)
  const titles = new Map((await context.catalog.findMany(inputs.map((input) => input.entryCode))).map((entry) => [entry.code, entry.title]))
  const shown = inputs.map(({ name, entryCode: code }) => ({ name, entryCode: code, title: titles.get(code) ?? code, built: built.get(code) ?? null, current: current[code] ?? null }))
  return {
    id, entryCode, title: row.title, organisation: context.organisations.ref(row.organisation), layer: row.layer, state: row.state, sql: row.sql, version, revision: row.revision,
    createdAt: row.created_at.toISOString(), changedAt: row.changed_at.toISOString(), inputs: shown,
    stale: builtBy !== version || shown.some((input) => input.current !== null && input.current !== input.built),
    floor: row.floor, problem: row.state === 'retired' ? null : await problemOf(context, row),
    history: definitions.filter(({ view_id }) => view_id === id).map(({ version: number, at, by, receipt_id }) => ({ version: number, at: at.toISOString(), by, receiptId: receipt_id })),
  }
}

async function problemOf(context: CollectionContext, row: ViewRow): Promise<string | null> {
  try {
    await prepareView(context, row, row.organisation)
    return null
  } catch (error) {
    if (!isAppError(error)) throw error
    return error.code
  }
}

/** What a query would give, without running it. @throws AppError as `prepareView`; `data-engine/query-refused` */
export async function checkView(context: CollectionContext, definition: Parameters<typeof prepareView>[1], organisation: string): Promise<CheckedView> {
  const { inputs, compiled, query, floor } = await prepareView(context, definition, organisation)
  const fields = await context.engine.describeQuery(query)
  return {
    floor,
    fields: fields.map(({ name, type }, index) => {
      const origin = compiled.origins[index]
      const from = (origin?.from ?? []).flatMap((one) => {
        const input = inputs[one.input]
        return input === undefined ? [] : [{ entryCode: input.entryCode, field: one.field }]
      })
      return { name, type, how: origin?.how ?? '', from }
    }),
    inputs: inputs.map(({ name, entryCode, version, basis, fields: readable, masked }) => ({
      name, entryCode, version, basis, fields: readable.map((field) => ({ name: field.name, type: field.type })), masked: [...masked],
    })),
  }
}

import type { ViewInputRef } from '@datong/contracts'
import type { QueryInput } from '@datong/data-engine'
import { AppError, type Grade, type Issue, stricter } from '@datong/kernel'
import { compileView, type CompiledView } from './compile-view.ts'
import { parseView } from './parse-view.ts'
import type { ReadableInput, ReadableInputOf } from './readable-input.ts'

export interface PreparedView {
  readonly inputs: readonly (ReadableInput & { readonly name: string })[]
  readonly compiled: CompiledView
  readonly query: { readonly inputs: readonly QueryInput[]; readonly sql: string; readonly ordered: boolean }
  /** The strictest grade among the inputs: what binds the result. */
  readonly floor: Grade
}

/**
 * A view's query over what its department may read now.
 * @throws AppError `collection/view-refused`, and what a lost right to an input throws
 */
export async function prepareView({ inputOf }: { readonly inputOf?: ReadableInputOf }, definition: { sql: string; inputs: readonly ViewInputRef[] }, organisation: string): Promise<PreparedView> {
  refuseNames(definition.inputs)
  const statement = await parseView(definition.sql)
  const inputs = await Promise.all(definition.inputs.map(async ({ name, entryCode }) => {
    if (inputOf === undefined) throw new AppError('request/not-found')
    return { ...(await inputOf(organisation, entryCode)), name }
  }))
  const compiled = compileView(statement, inputs.map(({ name, fields }) => ({ name, fields: fields.map((field) => field.name) })))
  return {
    inputs, compiled, floor: inputs.map(({ grade }) => grade).reduce(stricter),
    query: {
      sql: compiled.sql, ordered: compiled.ordered,
      inputs: inputs.map(({ files, schema, fields, filter }) => ({ version: { files, schema }, columns: fields.map(({ name }) => name), filters: filter })),
    },
  }
}

function refuseNames(inputs: readonly ViewInputRef[]): void {
  const issues: Issue[] = []
  const names = new Set<string>()
  for (const [index, { name }] of inputs.entries()) {
    if (names.has(name.toLowerCase())) issues.push({ pointer: `/inputs/${index}/name`, code: 'repeated', message: `输入名称“${name}”重复` })
    names.add(name.toLowerCase())
  }
  if (issues.length > 0) throw new AppError('request/invalid', {}, issues)
}

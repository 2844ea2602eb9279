import type { ViewInputRef } from '@datong/contracts'
import type { FieldSchema, Filter, QueryInput } from '@datong/data-engine'
import { AppError, type Grade, type Issue, stricter } from '@datong/kernel'
import type { CollectionContext } from '../context.ts'
import { compileView, type CompiledView } from './compile-view.ts'
import { parseView } from './parse-view.ts'

/** What a department may read of an entry inside the platform. */
export interface ReadableInput {
  readonly entryCode: string
  readonly provider: string
  readonly basis: 'owner' | 'grant' | 'open'
  readonly version: number
  readonly files: readonly string[]
  readonly schema: readonly FieldSchema[]
  /** Fields whose values it gets as they are. */
  readonly fields: readonly FieldSchema[]
  /** Fields that it gets masked only: a view does not see them. */
  readonly masked: readonly string[]
  /** The rows that it gets. */
  readonly filter: readonly Filter[]
  /** The strictest of all that it gets. */
  readonly grade: Grade
}

/** @throws AppError as a read of the rows would: `request/not-found`, `delivery/no-grant`, `delivery/no-data` … */
export type ReadableInputOf = (organisation: string, entryCode: string) => Promise<ReadableInput>

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
export async function prepareView({ inputOf }: Pick<CollectionContext, 'inputOf'>, definition: { sql: string; inputs: readonly ViewInputRef[] }, organisation: string): Promise<PreparedView> {
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

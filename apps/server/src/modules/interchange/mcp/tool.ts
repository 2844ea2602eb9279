import type { CkanPackage } from '@datong/catalog-metadata'
import type { TSchema } from 'typebox'
import type { Caller } from '../../../platform/caller.ts'
import type { EntryRecord } from '../../catalog/index.ts'
import type { Asker } from '../../delivery/index.ts'
import type { FacesDeps } from '../context.ts'

export type McpDeps = Pick<FacesDeps, 'catalog' | 'questions' | 'organisations' | 'clock'> & {
  packageOf(entry: EntryRecord, base: string): CkanPackage
}

export interface ToolCall {
  readonly asker: Asker
  readonly caller: Caller
  readonly base: string
}

export interface ToolAnswer {
  readonly content: Readonly<Record<string, unknown>>
  /** Receipts of restricted data in it. */
  readonly receipts?: Readonly<Record<string, string>>
}

/** A tool as models are told of it. */
export interface Tool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly input: TSchema
  readonly output: TSchema
  /** @param given holds the input's schema @throws AppError, which is told to the model */
  run(given: Readonly<Record<string, unknown>>, call: ToolCall): Promise<ToolAnswer>
}

import { masksNothing } from '@datong/anonymisation'
import type { EntryRecord } from '../../catalog/index.ts'
import type { ApplicationRow } from '../sharing-store.ts'

/** Fields by which rows are asked for although they are delivered masked: which rows come tells what the mask hides, guess by guess. */
export function behindMask({ filter, masking }: Pick<ApplicationRow, 'filter' | 'masking'>, { fields }: Pick<EntryRecord, 'fields'>): string[] {
  const hidden = new Set([...fields.filter((field) => !masksNothing(field.masking)).map(({ name }) => name), ...Object.keys(masking)])
  return [...new Set(filter.map(({ field }) => field))].filter((name) => hidden.has(name))
}

import { operations, type Entry, type ResponseOf } from '@datong/contracts'
import { useApi } from '../../shared/api/hooks.ts'

export type Description = ResponseOf<typeof operations.describeRows>
export type DescribedField = Description['fields'][number]

export interface RowsAccess {
  /** What the viewer would get, or undefined while it is not known or not to be had. */
  readonly description: Description | undefined
  /** Whether rows are worth asking for at all. */
  readonly asked: boolean
  readonly error: Error | null
  refetch(): unknown
}

/** Whether this viewer may read rows, and of which fields. Asked for open data and by their owner; who has a grant reads in the console. */
export function useRowsAccess(entry: Pick<Entry, 'code' | 'openingType' | 'version' | 'allowedActions'>): RowsAccess {
  const asked = entry.version !== null && (entry.openingType === 'open' || entry.allowedActions.includes('load'))
  const { data, error, refetch } = useApi(operations.describeRows, { params: { code: entry.code } }, { enabled: asked })
  return { description: data, asked, error, refetch }
}

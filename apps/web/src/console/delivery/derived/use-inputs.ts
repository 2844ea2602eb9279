import { operations, type ResponseOf } from '@datong/contracts'
import { useApi, useApiMany } from '../../../shared/api/hooks.ts'

export type InputField = ResponseOf<typeof operations.describeRows>['fields'][number]

export interface Inputs {
  /** What the department may use: entries of its grants that are in force. */
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly loading: boolean
  /** Of each chosen input: its title and the fields that its grant gives. */
  readonly chosen: readonly { readonly title: string; readonly fields: readonly InputField[]; readonly error: Error | null; /** Its grant gives no rows, but only this. */ readonly only: 'verify' | 'statistics' | null }[]
}

/** Entries that can be inputs, and the fields of those that were chosen. */
export function useInputs(codes: readonly string[]): Inputs {
  const grants = useApi(operations.listGrants, { query: { side: 'consumer', state: 'active', limit: 200 } })
  const titles = new Map(grants.data?.items.map((grant) => [grant.entryCode, grant.entryTitle]))
  const known = codes.filter((code) => code !== '')
  const described = useApiMany(operations.describeRows, known.map((code) => ({ code })))
  return {
    choices: [...titles].map(([value, label]) => ({ value, label })),
    loading: grants.isPending,
    chosen: codes.map((code) => {
      const found = described[known.indexOf(code)]
      const only = found?.data === undefined || found.data.gives === 'rows' ? null : found.data.gives
      return { title: titles.get(code) ?? found?.data?.title ?? code, fields: only === null ? found?.data?.fields ?? [] : [], error: found?.error ?? null, only }
    }),
  }
}

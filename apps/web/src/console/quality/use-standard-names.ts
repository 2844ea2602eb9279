import { operations } from '@datong/contracts'
import { useApi, useApiMany } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'

/** Data elements and code lists by name, as rules name them by identifier; what is not known yet stays its identifier. */
export function useStandardNames(elements: readonly string[], withLists: boolean): (id: string) => string {
  const name = useName()
  const known = useApiMany(operations.getElement, [...new Set(elements)].map((id) => ({ id })))
  const lists = useApi(operations.listCodeLists, { query: {} }, { enabled: withLists })
  const names = new Map([...known.flatMap(({ data }) => (data === undefined ? [] : [data.element])), ...(lists.data?.items ?? [])].map((one) => [one.id, name(one)]))
  return (id) => {
    const found = names.get(id)
    return found === undefined ? id : `${found} (${id})`
  }
}

import { operations, type Purpose } from '@datong/contracts'
import { useMemo } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { Wishes } from './wishes.ts'

/** Purposes of the catalogue that one can choose. */
export function usePurposes(): readonly Purpose[] {
  const list = useApi(operations.listPurposes, { query: {} })
  return useMemo(() => list.data?.items.filter(({ state }) => state !== 'retired') ?? [], [list.data])
}

/** What the purpose's sentence is put together from. */
export function usePurposeWords({ purposeCode }: Pick<Wishes, 'purposeCode'>): { readonly name: string | undefined; readonly coarser: string } {
  const { t } = useT()
  const purposes = usePurposes()
  return useMemo(() => ({ name: purposes.find(({ code }) => code === purposeCode)?.name, coarser: t('apply.coarserWords') }), [purposes, purposeCode, t])
}

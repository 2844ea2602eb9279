import { operations } from '@datong/contracts'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { pick } from '../../shared/ui/pick.ts'

interface OwnEntrySelectProps {
  readonly organisation: string
  /** The entry that is chosen already, to be named before anything is found. */
  readonly known?: { readonly code: string; readonly title: string } | null
  readonly value?: string | null
  readonly onChange?: (code: string | null) => void
}

/** Chooses an entry of one department by words. */
export function OwnEntrySelect({ organisation, known = null, value = null, onChange }: OwnEntrySelectProps) {
  const { t } = useT()
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const found = useApi(operations.searchEntries, { query: { organisation, limit: 20, ...pick('q', words || undefined) } }, { keepPrevious: true })
  const options = (found.data?.items ?? []).map(({ code, title }) => ({ value: code, label: `${title}（${code}）` }))
  const all = known === null || options.some(({ value: code }) => code === known.code) ? options : [{ value: known.code, label: known.title }, ...options]
  return (
    <Select<string | null>
      allowClear value={value} onChange={(code) => onChange?.(code ?? null)} options={all} placeholder={t('lists.chooseEntry')} aria-label={t('lists.entry')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
    />
  )
}

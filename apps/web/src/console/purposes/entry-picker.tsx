import { operations } from '@datong/contracts'
import { Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'

/** Chooses an entry by words of its title; none stands for every entry. */
export function EntryPicker({ value, onChange }: { readonly value: string | undefined; readonly onChange: (code: string | undefined) => void }) {
  const { t } = useT()
  const [words, setWords] = useState('')
  const found = useApi(operations.searchEntries, { query: { ...(words ? { q: words } : {}), state: 'published', limit: 20 } }, { keepPrevious: true })
  const chosen = useApi(operations.getEntry, { params: { code: value ?? '' } }, { enabled: value !== undefined })
  const items = [...(chosen.data ? [chosen.data] : []), ...(found.data?.items ?? []).filter(({ code }) => code !== value)]
  return (
    <Select
      className="dt-entry-picker" allowClear aria-label={t('purposes.pickEntry')} placeholder={t('purposes.everyEntry')} showSearch={{ filterOption: false, onSearch: setWords }}
      value={value ?? null} onChange={(code) => onChange(code ?? undefined)} options={items.map((entry) => ({ value: entry.code, label: entry.title }))}
    />
  )
}

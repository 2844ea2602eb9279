import { operations } from '@datong/contracts'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { pick } from '../../../shared/ui/pick.ts'

interface EntryChoiceProps {
  readonly value: string | null
  /** Of the entry that is chosen already. */
  readonly title: string
  readonly onChange: (code: string, title: string) => void
}

/** Chooses an entry with data by words. */
export function EntryChoice({ value, title, onChange }: EntryChoiceProps) {
  const { t } = useT()
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const found = useApi(operations.searchEntries, { query: { limit: 20, ...pick('q', words || undefined) } }, { keepPrevious: true })
  const options = (found.data?.items ?? []).filter(({ version }) => version !== null).map((entry) => ({ value: entry.code, label: `${entry.title}（${entry.code}）`, title: entry.title }))
  const all = value === null || options.some((one) => one.value === value) ? options : [{ value, label: title, title }, ...options]
  return (
    <Select<string>
      value={value} options={all} placeholder={t('lake.view.chooseEntry')} aria-label={t('lake.view.chooseEntry')} showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(code) => onChange(code, all.find((one) => one.value === code)?.title ?? code)}
    />
  )
}

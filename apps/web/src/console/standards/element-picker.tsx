import { operations } from '@datong/contracts'
import { Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'

interface ElementPickerProps {
  readonly label: string
  readonly value?: string | null
  readonly onChange?: (element: string | null) => void
  /** Words to begin with. */
  readonly start?: string
  readonly id?: string
  readonly placeholder?: string
}

/** Chooses a data element by words, initials of pinyin or identifier. */
export function ElementPicker({ label, value = null, onChange, start = '', id, placeholder }: ElementPickerProps) {
  const name = useName()
  const [words, setWords] = useState<string | null>(null)
  const q = words ?? start
  const found = useApi(operations.listElements, { query: { limit: 20, state: 'published', ...(q ? { q } : {}) } }, { enabled: words !== null, keepPrevious: true })
  const options = (found.data?.items ?? []).map((element) => ({ value: element.id, label: `${name(element)} · ${element.id}` }))
  return (
    <Select
      {...(id ? { id } : {})} {...(placeholder === undefined ? {} : { placeholder })} className="dt-std-picker" allowClear aria-label={label} value={value} loading={found.isFetching} showSearch={{ filterOption: false, onSearch: setWords }}
      onFocus={() => setWords((before) => before ?? start)} options={value !== null && !options.some((one) => one.value === value) ? [{ value, label: value }, ...options] : options}
      onChange={(element: string | undefined) => onChange?.(element ?? null)}
    />
  )
}

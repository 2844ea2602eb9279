import { operations, type Field } from '@datong/contracts'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'

interface ElementChoiceProps {
  readonly field: Field
  readonly value: string | null
  readonly onChange: (element: string | null) => void
}

/** The data element that a field is: one that is searched for by words, or the one that the platform suggests. */
export function ElementChoice({ field, value, onChange }: ElementChoiceProps) {
  const { t } = useT()
  const format = useFormat()
  const [words, setWords] = useState<string | null>(null)
  const found = useApi(operations.listElements, { query: { limit: 20, ...(words ? { q: words } : {}) } }, { enabled: words !== null, keepPrevious: true })
  const options = (found.data?.items ?? []).map(({ id, name, nameEn }) => ({ value: id, label: `${id} ${t.language === 'en' && nameEn ? nameEn : name}` }))
  const suggested = field.elementSuggestion
  return (
    <span className="dt-chips">
      <Select
        style={{ width: 170 }} allowClear aria-label={`${field.name} ${t('entry.field.element')}`} value={value} loading={found.isFetching}
        showSearch={{ filterOption: false, onSearch: setWords }} onFocus={() => setWords((before) => before ?? field.name)}
        options={value !== null && !options.some((option) => option.value === value) ? [{ value, label: value }, ...options] : options}
        onChange={(element: string | undefined) => onChange(element ?? null)}
      />
      {suggested && suggested.element !== value && (
        <Button size="small" onClick={() => onChange(suggested.element)}>{t('entry.field.elementSuggested', { element: suggested.element, share: format.percent(suggested.confidence, 0) })}</Button>
      )}
    </span>
  )
}

import { Select } from 'antd'
import { useFormat } from '../../shared/i18n/use-format.ts'

interface FacetSelectProps {
  readonly label: string
  readonly value: string | undefined
  readonly counts: readonly { readonly value: string; readonly label?: string; readonly count: number }[] | undefined
  readonly name?: (value: string) => string
  readonly onChange: (value: string | undefined) => void
}

/** One facet: its values with how many entries each has, among those that the other filters leave. */
export function FacetSelect({ label, value, counts = [], name = (text) => text, onChange }: FacetSelectProps) {
  const format = useFormat()
  const known = counts.some((item) => item.value === value) || value === undefined ? counts : [...counts, { value, count: 0 }]
  return (
    <Select
      allowClear showSearch={{ optionFilterProp: 'title' }} placeholder={label} aria-label={label} value={value ?? null} onChange={(next) => onChange(next ?? undefined)} popupMatchSelectWidth={false}
      options={known.map((item) => {
        const text = item.label ?? name(item.value)
        return { value: item.value, title: text, label: <>{text} <span className="dt-secondary">{format.number(item.count)}</span></> }
      })}
    />
  )
}

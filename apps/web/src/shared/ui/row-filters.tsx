import { PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select, Space, Tag } from 'antd'
import { useState } from 'react'
import { useT } from '../i18n/use-t.ts'
import './rows-table.css'

export interface RowFilterValue {
  readonly field: string
  readonly op: string
  readonly value: string
}

interface RowFiltersProps {
  readonly fields: readonly { readonly name: string; readonly filters: readonly string[] }[]
  readonly value: readonly RowFilterValue[]
  readonly onChange: (value: readonly RowFilterValue[]) => void
}

/** Conditions on rows, one field at a time; only what the server says it can filter by. */
export function RowFilters({ fields, value, onChange }: RowFiltersProps) {
  const { t } = useT()
  const usable = fields.filter((field) => field.filters.length > 0)
  const [field, setField] = useState<string>()
  const [op, setOp] = useState('eq')
  const [words, setWords] = useState('')
  const ops = usable.find((item) => item.name === field)?.filters ?? []
  if (usable.length === 0) return null

  const add = (): void => {
    if (!field || words.trim() === '') return
    onChange([...value.filter((item) => item.field !== field || item.op !== op), { field, op, value: words.trim() }])
    setWords('')
  }

  return (
    <div className="dt-row-filters">
      <Space.Compact>
        <Select
          aria-label={t('common.filterField')} placeholder={t('common.filterField')} value={field ?? null} showSearch popupMatchSelectWidth={false} style={{ minWidth: 120, maxWidth: 200 }}
          options={usable.map((item) => ({ value: item.name, label: item.name }))}
          onChange={(next) => {
            setField(next)
            setOp((before) => {
              const allowed = usable.find((item) => item.name === next)?.filters ?? []
              return allowed.includes(before) ? before : (allowed[0] ?? 'eq')
            })
          }}
        />
        <Select aria-label={t('common.filterOp')} value={field === undefined ? null : op} onChange={setOp} disabled={ops.length === 0} popupMatchSelectWidth={false} style={{ minWidth: 88 }} options={ops.map((item) => ({ value: item, label: t.maybe('common.op.', item) }))} />
        <Input aria-label={t('common.filterValue')} value={words} maxLength={200} disabled={!field} onChange={(event) => setWords(event.target.value)} onPressEnter={add} style={{ width: 140 }} />
        <Button icon={<PlusOutlined />} aria-label={t('common.filterAdd')} disabled={!field || words.trim() === ''} onClick={add} />
      </Space.Compact>
      {value.map((item) => (
        <Tag key={`${item.field}.${item.op}`} closable onClose={() => onChange(value.filter((other) => other !== item))}>
          {item.field} {t.maybe('common.op.', item.op)} {item.value}
        </Tag>
      ))}
    </div>
  )
}

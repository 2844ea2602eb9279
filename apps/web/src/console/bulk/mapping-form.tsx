import { BULK_PROPERTIES, BULK_WORDED, type BulkMapping, type BulkProperty, type BulkSource, type BulkWorded, operations } from '@datong/contracts'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { useWordOptions } from './use-word-options.ts'

interface MappingFormProps {
  readonly source: BulkSource
  readonly mapping: BulkMapping
  readonly busy: boolean
  readonly onPreview: (mapping: BulkMapping) => void
}

interface Fixed {
  readonly property: BulkProperty
  readonly value: string
}

const worded = (property: BulkProperty): BulkWorded | undefined => BULK_WORDED.find((one) => one === property)
/** What other inventories most often lack, offered at once. */
const OFTEN_MISSING = ['organisation', 'sharingType', 'openingType', 'updateCycle', 'licence'] as const

/** What each column of a sheet means, what is said for all rows, and what unknown words stand for. */
export function MappingForm({ source, mapping, busy, onPreview }: MappingFormProps) {
  const { t } = useT()
  const format = useFormat()
  const { has } = useSession()
  const wordOptions = useWordOptions()
  const [columns, setColumns] = useState(mapping.columns)
  const [words, setWords] = useState(mapping.words)
  const offered = OFTEN_MISSING.filter((property) => !columns.includes(property) && !columns.includes('code') && (property !== 'organisation' || has('steward')))
  const [fixed, setFixed] = useState<readonly Fixed[]>([...mapping.fixed, ...offered.filter((property) => !mapping.fixed.some((one) => one.property === property)).map((property) => ({ property, value: '' }))])
  const unknown = source.unknown.filter(({ property }) => columns.includes(property))
  const change = (index: number, next: Partial<Fixed>): void => setFixed(fixed.map((one, at) => (at === index ? { ...one, ...next } : one)))
  const label = (property: BulkProperty): string => t(`bulk.property.${property}`)
  const free = BULK_PROPERTIES.filter((property) => property !== 'code' && property !== 'revision' && property !== 'title')
  return (
    <Panel title={t('bulk.mapping')} extra={<Button type="primary" loading={busy} onClick={() => onPreview({ columns, words: words.filter(({ to }) => to !== ''), fixed: fixed.filter(({ value }) => value.trim() !== '') })}>{t('bulk.preview')}</Button>}>
      <div className="dt-bulk">
        <p className="dt-secondary">{t('bulk.mappingHint')}</p>
        <table className="dt-bulk-map">
          <thead><tr><th>{t('bulk.column')}</th><th>{t('bulk.samples')}</th><th>{t('bulk.property')}</th></tr></thead>
          <tbody>
            {source.columns.map((column, index) => (
              <tr key={index}>
                <td><strong>{column.name}</strong><div className="dt-secondary dt-cell-sub">{t('bulk.filled', { count: format.number(column.filled) })}</div></td>
                <td className="dt-bulk-samples dt-secondary"><span>{column.samples.join(' ｜ ')}</span></td>
                <td>
                  <Select<BulkProperty>
                    allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('bulk.skip')} aria-label={`${column.name}: ${t('bulk.property')}`} value={columns[index] ?? null}
                    onChange={(property?: BulkProperty) => setColumns(columns.map((one, at) => (at === index ? property ?? null : one === property ? null : one)))}
                    options={BULK_PROPERTIES.map((value) => ({ value, label: label(value) }))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {unknown.length > 0 && (
          <>
            <h3>{t('bulk.words')}</h3>
            <p className="dt-secondary">{t('bulk.wordsHint')}</p>
            <div className="dt-bulk-words">
              {unknown.flatMap(({ property, value, count }) => {
                const key = `${property} ${value}`
                return [
                  <span key={`${key} p`} className="dt-secondary">{label(property)}</span>, <span key={`${key} v`}>{value}</span>, <span key={`${key} n`} className="dt-secondary dt-nowrap">{t('bulk.wordTimes', { count: format.number(count) })}</span>,
                  <Select
                    key={`${key} s`} allowClear placeholder={t('bulk.chooseWord')} aria-label={`${label(property)} ${value}`} value={words.find((one) => one.property === property && one.from === value)?.to ?? null} options={wordOptions(property)}
                    onChange={(to?: string) => setWords([...words.filter((one) => one.property !== property || one.from !== value), ...(to ? [{ property, from: value, to }] : [])])}
                  />,
                ]
              })}
            </div>
          </>
        )}
        <h3>{t('bulk.fixed')}</h3>
        <p className="dt-secondary">{t('bulk.fixedHint')}</p>
        {fixed.map((one, index) => (
          <div key={index} className="dt-bulk-fixed">
            <Select<BulkProperty> aria-label={t('bulk.property')} value={one.property} onChange={(property) => change(index, { property, value: '' })} options={free.filter((value) => value === one.property || !fixed.some(({ property }) => property === value)).map((value) => ({ value, label: label(value) }))} />
            <FixedValue property={one.property} value={one.value} onChange={(value) => change(index, { value })} />
            <Button type="text" onClick={() => setFixed(fixed.filter((_, at) => at !== index))}>{t('bulk.removeFixed')}</Button>
          </div>
        ))}
        <Button type="dashed" onClick={() => setFixed([...fixed, { property: [...OFTEN_MISSING, ...free].find((value) => !fixed.some(({ property }) => property === value)) ?? 'summary', value: '' }])}>{t('bulk.addFixed')}</Button>
      </div>
    </Panel>
  )
}

function FixedValue({ property, value, onChange }: Fixed & { readonly onChange: (value: string) => void }) {
  const { t } = useT()
  const name = useName()
  const wordOptions = useWordOptions()
  const organisations = useApi(operations.listOrganisations)
  const list = worded(property)
  const options = list !== undefined ? wordOptions(list) : property === 'organisation' ? (organisations.data?.items ?? []).map((one) => ({ value: one.code, label: name(one) })) : undefined
  const label = `${t(`bulk.property.${property}`)}: ${t('bulk.value')}`
  return options === undefined
    ? <Input aria-label={label} maxLength={500} value={value} onChange={(event) => onChange(event.target.value)} />
    : <Select allowClear showSearch={{ optionFilterProp: 'label' }} aria-label={label} placeholder={t('bulk.chooseWord')} value={value === '' ? null : value} onChange={(next?: string) => onChange(next ?? '')} options={options} />
}

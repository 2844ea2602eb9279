import { DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Segmented, Select } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { FilterDraft, Operator } from './draft.ts'
import type { Inputs } from './use-inputs.ts'

const OPERATORS: readonly Operator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'like']

interface FilterFormProps {
  readonly number: number
  readonly filter: FilterDraft
  readonly inputs: Inputs
  readonly onChange: (filter: FilterDraft) => void
  readonly onRemove: () => void
}

/** One condition: a field, how it is compared, and with what: a fixed value or a parameter of the call. */
export function FilterForm({ number, filter, inputs, onChange, onRemove }: FilterFormProps) {
  const { t } = useT()
  const allowed = inputs.chosen[filter.source]?.fields.find(({ name }) => name === filter.field)?.filters ?? []
  const operators = OPERATORS.filter((op) => allowed.includes(op))
  return (
    <fieldset className="dt-derived-filter">
      <legend className="dt-visually-hidden">{t('derived.filterNumber', { number })}</legend>
      <Select
        className="dt-derived-wide" showSearch={{ optionFilterProp: 'label' }} placeholder={t('common.filterField')} aria-label={t('common.filterField')} value={filter.field ? `${filter.source} ${filter.field}` : null}
        onChange={(chosen) => {
          const [at = '0', ...name] = (chosen ?? '').split(' ')
          const field = inputs.chosen[Number(at)]?.fields.find((one) => one.name === name.join(' '))
          onChange({ ...filter, source: Number(at), field: name.join(' '), op: field?.filters.includes(filter.op) ? filter.op : (OPERATORS.find((op) => field?.filters.includes(op)) ?? 'eq') })
        }}
        options={inputs.chosen.map(({ title, fields }, at) => ({ label: title, options: fields.filter((field) => field.filters.length > 0).map(({ name }) => ({ value: `${at} ${name}`, label: name })) }))}
      />
      <Select className="dt-derived-op" aria-label={t('common.filterOp')} value={filter.op} disabled={operators.length === 0} onChange={(op) => onChange({ ...filter, op })} options={operators.map((op) => ({ value: op, label: t(`common.op.${op}`) }))} />
      <Segmented aria-label={t('derived.by')} value={filter.by} onChange={(by) => onChange({ ...filter, by, text: '' })} options={(['parameter', 'value'] as const).map((value) => ({ value, label: t(`derived.by.${value}`) }))} />
      {filter.by === 'value'
        ? <Input className="dt-derived-wide" aria-label={t('common.filterValue')} placeholder={filter.op === 'in' ? t('derived.inHint') : t('common.filterValue')} value={filter.text} maxLength={4000} onChange={(event) => onChange({ ...filter, text: event.target.value })} />
        : (
          <>
            <Input className="dt-derived-parameter" aria-label={t('derived.parameterName')} placeholder={t('derived.parameterName')} value={filter.text} maxLength={40} onChange={(event) => onChange({ ...filter, text: event.target.value })} status={filter.text !== '' && !/^[a-z][a-zA-Z0-9]*$/.test(filter.text) ? 'error' : ''} />
            <Input className="dt-derived-wide" aria-label={t('derived.parameterWords')} placeholder={t('derived.parameterWords')} value={filter.description} maxLength={200} onChange={(event) => onChange({ ...filter, description: event.target.value })} />
            <Checkbox checked={filter.required} onChange={(event) => onChange({ ...filter, required: event.target.checked })}>{t('derived.required')}</Checkbox>
          </>
        )}
      <Button icon={<DeleteOutlined />} aria-label={t('derived.removeFilter', { number })} onClick={onRemove} />
    </fieldset>
  )
}

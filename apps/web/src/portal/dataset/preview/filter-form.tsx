import type { FieldProfileView } from '@datong/contracts'
import { Button, Checkbox, Input } from 'antd'
import { useId, useState, type FormEvent } from 'react'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { RowFilterValue } from '../../../shared/ui/row-filters.tsx'
import type { DescribedField } from '../use-rows-access.ts'
import { filterKind } from './filter-kind.ts'

interface FilterFormProps {
  readonly field: DescribedField
  readonly profile: FieldProfileView | undefined
  readonly filters: readonly RowFilterValue[]
  readonly onApply: (filters: readonly RowFilterValue[]) => void
  readonly onEscape: () => void
}

/** The question that fits the field: which of few values, from where to where, which words. */
export function FilterForm({ field, profile, filters, onApply, onEscape }: FilterFormProps) {
  const { t } = useT()
  const kind = filterKind(field, profile)
  const valueOf = (op: string): string => filters.find((filter) => filter.op === op)?.value ?? ''
  const [chosen, setChosen] = useState<readonly string[]>(() => [...valueOf('in').split(','), valueOf('eq')].filter((value) => value !== ''))
  const [from, setFrom] = useState(valueOf('gte'))
  const [to, setTo] = useState(valueOf('lte'))
  const [words, setWords] = useState(kind === 'words' ? valueOf('like').replaceAll('%', '') : valueOf('eq'))

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const filter = (op: string, value: string): RowFilterValue[] => (value.trim() === '' ? [] : [{ field: field.name, op, value: value.trim() }])
    if (kind === 'values') onApply(chosen.length === 1 ? filter('eq', chosen[0] ?? '') : filter('in', chosen.join(',')))
    else if (kind === 'range') onApply([...filter('gte', from), ...filter('lte', to)])
    else onApply(filter(kind === 'words' ? 'like' : 'eq', words))
  }

  return (
    <form className="dtp-filter" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onEscape()}>
      {kind === 'values' && <Values profile={profile} chosen={chosen} onChange={setChosen} />}
      {kind === 'range' && <Range field={field} profile={profile} from={from} to={to} onFrom={setFrom} onTo={setTo} />}
      {(kind === 'words' || kind === 'exact') && (
        <Input
          autoFocus allowClear maxLength={100} value={words} onChange={(event) => setWords(event.target.value)}
          placeholder={kind === 'words' ? t('portal.preview.contains') : t('portal.preview.equals')} aria-label={kind === 'words' ? t('portal.preview.contains') : t('portal.preview.equals')}
        />
      )}
      {field.masking !== null && <p className="dt-secondary dtp-small">{t('portal.preview.maskedHint')}</p>}
      <div className="dtp-filter-end">
        <Button onClick={() => onApply([])} disabled={filters.length === 0}>{t('portal.preview.clear')}</Button>
        <Button type="primary" htmlType="submit">{t('portal.preview.apply')}</Button>
      </div>
    </form>
  )
}

function Values({ profile, chosen, onChange }: { readonly profile: FieldProfileView | undefined; readonly chosen: readonly string[]; readonly onChange: (chosen: readonly string[]) => void }) {
  const { t } = useT()
  const format = useFormat()
  return (
    <Checkbox.Group
      className="dtp-filter-values" value={[...chosen]} onChange={onChange}
      options={(profile?.top ?? []).map(({ value, count }) => ({
        value, label: <>{value} <span className="dt-secondary">{format.number(count)}<span className="dt-visually-hidden"> {t('portal.rowsWord', { count })}</span></span></>,
      }))}
    />
  )
}

function Range({ field, profile, from, to, onFrom, onTo }: {
  readonly field: DescribedField
  readonly profile: FieldProfileView | undefined
  readonly from: string
  readonly to: string
  readonly onFrom: (value: string) => void
  readonly onTo: (value: string) => void
}) {
  const { t } = useT()
  const id = useId()
  const isDate = field.type === 'date' || field.type === 'datetime'
  const kind = isDate ? { type: 'date' } : { type: 'number', step: 'any' }
  const hint = (value: string | null | undefined): string => (isDate ? '' : (value ?? ''))
  return (
    <div className="dtp-filter-range">
      <label htmlFor={`${id}-from`}>{t('portal.preview.from')}</label>
      <Input id={`${id}-from`} {...kind} autoFocus value={from.slice(0, isDate ? 10 : undefined)} placeholder={hint(profile?.min)} onChange={(event) => onFrom(event.target.value)} />
      <label htmlFor={`${id}-to`}>{t('portal.preview.to')}</label>
      <Input
        id={`${id}-to`} {...kind} value={to.slice(0, isDate ? 10 : undefined)} placeholder={hint(profile?.max)}
        onChange={(event) => onTo(field.type === 'datetime' && event.target.value !== '' ? `${event.target.value} 23:59:59` : event.target.value)}
      />
    </div>
  )
}

import { operations, type Entry, type RuleParameter, type RuleParameters } from '@datong/contracts'
import { Input, InputNumber, Select, Switch } from 'antd'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { typed } from './rule-draft.ts'

type Value = RuleParameters[string]

interface ParameterInputProps {
  readonly id: string
  readonly spec: RuleParameter
  readonly value: Value | undefined
  readonly entry: Entry
  /** All parameters: fields of another entry are those of the one that is named beside. */
  readonly parameters: RuleParameters
  readonly onChange: (value: Value) => void
}

const textOf = (value: Value | undefined): string => (value === null || value === undefined ? '' : Array.isArray(value) ? value.join('\n') : String(value))
const listOf = (value: Value | undefined): string[] => (Array.isArray(value) ? value : [])

/** One parameter as a field of a form, by its kind. */
export function ParameterInput({ id, spec, value, entry, parameters, onChange }: ParameterInputProps) {
  const { t, language } = useT()
  const other = spec.of === null ? null : textOf(parameters[spec.of])
  const fields = useFieldNames(entry, other)
  const label = language === 'en' ? spec.titleEn : spec.titleZh
  const search = { showSearch: { optionFilterProp: 'label' }, 'aria-label': label } as const
  switch (spec.kind) {
    case 'boolean':
      return <Switch id={id} aria-label={label} checked={value === true} onChange={onChange} />
    case 'number':
    case 'integer':
      return (
        <InputNumber
          id={id} value={typeof value === 'number' ? value : null} onChange={(next) => onChange(next)} style={{ width: '100%' }} {...(spec.kind === 'integer' ? { precision: 0 } : {})}
          {...(spec.minimum === null ? {} : { min: spec.minimum })} {...(spec.maximum === null ? {} : { max: spec.maximum })}
        />
      )
    case 'choice':
      return <Select id={id} aria-label={label} value={textOf(value) || null} onChange={onChange} allowClear={!spec.required} options={spec.options.map((one) => ({ value: one.value, label: language === 'en' ? one.titleEn : one.titleZh }))} />
    case 'field':
      return <Select id={id} {...search} allowClear={!spec.required} value={textOf(value) || null} onChange={(next) => onChange(next ?? null)} options={fields.map((name) => ({ value: name, label: name }))} />
    case 'fields':
      return <Select id={id} {...search} mode={fields.length > 0 ? 'multiple' : 'tags'} value={listOf(value)} onChange={onChange} options={fields.map((name) => ({ value: name, label: name }))} />
    case 'texts':
      return <LinesInput id={id} spec={spec} value={value} onChange={onChange} />
    case 'entry':
      return <EntrySelect id={id} label={label} value={textOf(value)} onChange={onChange} />
    case 'code-list':
      return <CodeListSelect id={id} label={label} value={textOf(value)} onChange={onChange} />
    case 'element':
      return <ElementSelect id={id} label={label} value={textOf(value)} onChange={onChange} />
    default:
      return <Input id={id} {...(spec.kind === 'pattern' ? { className: 'dt-mono' } : {})} value={textOf(value)} placeholder={spec.kind === 'date' ? t('checks.dateHint') : ''} onChange={(event) => onChange(typed(spec, event.target.value))} />
  }
}

/** Names of the fields that a parameter may take: of the entry itself, or of another one. */
function useFieldNames(entry: Entry, other: string | null): string[] {
  const here = other === null || other === '' || other === '.'
  const read = useApi(operations.getEntry, { params: { code: other ?? '' } }, { enabled: !here })
  return (here ? entry : read.data)?.fields.map(({ name }) => name) ?? []
}

/** One value a line; what is typed stays as it is until it is left. */
function LinesInput({ id, spec, value, onChange }: Pick<ParameterInputProps, 'id' | 'spec' | 'value' | 'onChange'>) {
  const [text, setText] = useState(() => textOf(value))
  return <Input.TextArea id={id} autoSize={{ minRows: 3, maxRows: 10 }} value={text} onChange={(event) => { setText(event.target.value); onChange(typed(spec, event.target.value)) }} />
}

interface NamedSelectProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onChange: (value: Value) => void
}

function EntrySelect({ id, label, value, onChange }: NamedSelectProps) {
  const { t } = useT()
  const [words, setWords] = useState('')
  const found = useApi(operations.searchEntries, { query: { limit: 20, ...(words === '' ? { mine: true } : { q: words }) } }, { keepPrevious: true })
  const options = [{ value: '.', label: t('checks.thisEntry') }, ...(found.data?.items.map((one) => ({ value: one.code, label: `${one.title} · ${one.code}` })) ?? [])]
  return <Select id={id} aria-label={label} showSearch={{ filterOption: false, onSearch: setWords }} value={value || null} onChange={(next) => onChange(next ?? null)} options={options} popupMatchSelectWidth={false} />
}

function CodeListSelect({ id, label, value, onChange }: NamedSelectProps) {
  const { language } = useT()
  const lists = useApi(operations.listCodeLists, { query: {} })
  return <Select id={id} aria-label={label} allowClear showSearch={{ optionFilterProp: 'label' }} value={value || null} onChange={(next) => onChange(next ?? null)} options={lists.data?.items.map((one) => ({ value: one.id, label: `${language === 'en' ? one.nameEn : one.name} · ${one.id}` })) ?? []} />
}

function ElementSelect({ id, label, value, onChange }: NamedSelectProps) {
  const { language } = useT()
  const [words, setWords] = useState('')
  const found = useApi(operations.listElements, { query: { limit: 50, ...(words === '' ? {} : { q: words }) } }, { keepPrevious: true })
  return <Select id={id} aria-label={label} allowClear showSearch={{ filterOption: false, onSearch: setWords }} value={value || null} onChange={(next) => onChange(next ?? null)} options={found.data?.items.map((one) => ({ value: one.id, label: `${language === 'en' ? one.nameEn : one.name} · ${one.id}` })) ?? []} />
}

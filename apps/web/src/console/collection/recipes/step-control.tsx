import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { operations } from '@datong/contracts'
import { Button, Checkbox, DatePicker, Form, Input, Select } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ADDRESS_LEVELS, type StepParameter } from './step-forms.ts'

interface ControlProps {
  readonly id: string
  readonly parameter: StepParameter
  readonly value: unknown
  readonly fields: readonly string[]
  readonly error: string | undefined
  readonly onChange: (value: unknown) => void
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const named = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }))

/** One parameter of a step with its label and its fault. */
export function StepControl(props: ControlProps) {
  const { t } = useT()
  const { id, parameter, error } = props
  const label = t.maybe('recipes.param.', parameter.name)
  const wide = parameter.control === 'pairs' || parameter.control === 'levels' || parameter.control === 'words' || (parameter.control === 'text' && parameter.wide === true)
  const fault = error === undefined ? {} : { validateStatus: 'error' as const, help: error }
  if (parameter.control === 'flag') return <Form.Item {...fault}><Control {...props} label={label} /></Form.Item>
  return <Form.Item label={label} htmlFor={id} className={wide ? 'dt-form-wide' : ''} {...fault}><Control {...props} label={label} /></Form.Item>
}

function Control({ id, parameter, value, fields, onChange, label }: ControlProps & { readonly label: string }): ReactNode {
  const { t } = useT()
  const box = { id, 'aria-label': label, style: { width: '100%' } }
  switch (parameter.control) {
    case 'fields': return <Select {...box} mode="multiple" value={texts(value)} options={named(fields)} onChange={onChange} placeholder={parameter.emptyIsAll ? t('recipes.allFields') : t('recipes.chooseFields')} />
    case 'field': return <Select {...box} showSearch allowClear value={text(value) || null} options={named(fields)} onChange={(next: string | null) => onChange(next ?? (parameter.name === 'asOf' ? null : ''))} placeholder={t('recipes.chooseField')} />
    case 'new-field': return <Input id={id} value={text(value)} maxLength={200} onChange={(event) => onChange(event.target.value)} placeholder={t('recipes.newField')} />
    case 'new-fields': return <Select {...box} mode="tags" open={false} value={texts(value)} onChange={onChange} placeholder={t('recipes.newFields')} />
    case 'words': return <Select {...box} mode="tags" open={false} value={texts(value)} onChange={onChange} />
    case 'numbers': return <Select {...box} mode="tags" open={false} value={texts(value)} onChange={(next: string[]) => onChange(next.map(Number).filter((one) => Number.isInteger(one) && one > 0))} placeholder="6, 4, 2" />
    case 'text': return <Input id={id} value={text(value)} maxLength={parameter.wide ? 2_000 : 500} onChange={(event) => onChange(event.target.value)} {...(parameter.name === 'formula' ? { placeholder: 'round([总价] / [面积], 2)', className: 'dt-mono' } : {})} />
    case 'choice': return <Select {...box} value={text(value)} options={parameter.choices.map((one) => ({ value: one, label: t.maybe(`recipes.choice.${parameter.name}.`, one, one) }))} onChange={onChange} />
    case 'flag': return <Checkbox id={id} checked={value === true} onChange={(event) => onChange(event.target.checked)}>{label}</Checkbox>
    case 'day': return <DatePicker {...box} value={text(value) === '' ? null : dayjs(text(value))} onChange={(day) => onChange(day?.format('YYYY-MM-DD') ?? null)} placeholder={t('recipes.today')} />
    case 'code-list': return <CodeListSelect {...box} value={text(value)} onChange={onChange} />
    case 'pairs': return <Pairs id={id} value={Array.isArray(value) ? value : []} onChange={onChange} />
    case 'levels': return <Levels id={id} value={Array.isArray(value) ? value : []} onChange={onChange} />
  }
}

function CodeListSelect({ value, onChange, ...box }: { readonly id: string; readonly value: string; readonly onChange: (value: string | null) => void }) {
  const { t, language } = useT()
  const lists = useApi(operations.listCodeLists)
  const options = (lists.data?.items ?? []).map((list) => ({ value: list.id, label: `${language === 'en' ? list.nameEn : list.name}（${list.id}）` }))
  return <Select {...box} allowClear showSearch={{ optionFilterProp: 'label' }} value={value || null} options={options} onChange={(next: string | null) => onChange(next ?? null)} placeholder={t('recipes.noList')} />
}

type Pair = { readonly from: string; readonly to: string }

/** From and to, one pair a line; lines pasted from a sheet with a tab between become pairs. */
function Pairs({ id, value, onChange }: { readonly id: string; readonly value: readonly Pair[]; readonly onChange: (value: Pair[]) => void }) {
  const { t } = useT()
  const written = value.map(({ from, to }) => `${from}\t${to}`).join('\n')
  return (
    <Input.TextArea
      id={id} aria-label={t('recipes.param.pairs')} autoSize={{ minRows: 2, maxRows: 8 }} className="dt-mono" defaultValue={written} placeholder={t('recipes.pairsHint')}
      onBlur={(event) => onChange(event.target.value.split('\n').flatMap((line) => {
        const [from = '', to = ''] = line.split(/\t|=>|→/, 2).map((part) => part.trim())
        return from === '' ? [] : [{ from, to }]
      }))}
    />
  )
}

type Level = { readonly level: string; readonly into: string }

function Levels({ id, value, onChange }: { readonly id: string; readonly value: readonly Level[]; readonly onChange: (value: Level[]) => void }) {
  const { t } = useT()
  const set = (at: number, change: Partial<Level>): void => onChange(value.map((one, place) => (place === at ? { ...one, ...change } : one)))
  const left = ADDRESS_LEVELS.filter((level) => !value.some((one) => one.level === level))
  const next = left.find((level) => level === 'county') ?? left[0]
  return (
    <div id={id} className="dt-recipe-levels">
      {value.map(({ level, into }, at) => (
        <div key={at}>
          <Select aria-label={t('recipes.level', { number: at + 1 })} value={level} options={ADDRESS_LEVELS.map((one) => ({ value: one, label: t.maybe('recipes.choice.downTo.', one) }))} onChange={(one) => set(at, { level: one })} />
          <Input aria-label={t('recipes.levelInto', { number: at + 1 })} value={into} maxLength={200} placeholder={t('recipes.newField')} onChange={(event) => set(at, { into: event.target.value })} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t('recipes.removeLevel', { number: at + 1 })} onClick={() => onChange(value.filter((_, place) => place !== at))} />
        </div>
      ))}
      {next !== undefined && <Button icon={<PlusOutlined />} onClick={() => onChange([...value, { level: next, into: t.maybe('recipes.choice.downTo.', next) }])}>{t('recipes.addLevel')}</Button>}
    </div>
  )
}

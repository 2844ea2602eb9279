import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { type FormField, operations } from '@datong/contracts'
import { FIELD_TYPES, type FieldType } from '@datong/kernel'
import { App, Button, Checkbox, Form as AntForm, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api/client.ts'
import { explain } from '../../../shared/api/problem.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ElementPicker } from '../../standards/element-picker.tsx'
import { EMPTY_FIELD, fieldOfElement } from './element-field.ts'

interface DesignFieldsProps {
  readonly fields: readonly FormField[]
  readonly keyFields: readonly string[]
  readonly onChange: (fields: readonly FormField[]) => void
  readonly onKeys: (names: readonly string[]) => void
}

/** The fields of a form: made of data elements, or of one's own. */
export function DesignFields({ fields, keyFields, onChange, onKeys }: DesignFieldsProps) {
  const { t } = useT()
  const { message } = App.useApp()
  const [picked, setPicked] = useState(0)
  const addElement = async (id: string | null): Promise<void> => {
    if (id === null) return
    try {
      const { element } = await call(operations.getElement, { params: { id } })
      onChange([...fields, fieldOfElement(id, element)])
      setPicked((before) => before + 1)
    } catch (error) {
      void message.error(explain(error, t).text)
    }
  }
  const set = (at: number, change: Partial<FormField>): void => {
    const old = fields[at]?.name
    if (change.name !== undefined && old !== undefined) onKeys(keyFields.map((key) => (key === old ? change.name ?? key : key)))
    onChange(fields.map((field, index) => (index === at ? { ...field, ...change } : field)))
  }
  const move = (at: number, by: -1 | 1): void => {
    const field = fields[at]
    if (field !== undefined) onChange(fields.toSpliced(at, 1).toSpliced(at + by, 0, field))
  }
  return (
    <>
      <div className="dt-design-fields">
        {fields.map((field, at) => (
          <FieldLine
            key={at} field={field} at={at} count={fields.length} isKey={field.name !== '' && keyFields.includes(field.name)} onSet={(change) => set(at, change)} onMove={(by) => move(at, by)} onRemove={() => onChange(fields.toSpliced(at, 1))}
            onKey={(isKey) => onKeys(isKey ? [...keyFields, field.name] : keyFields.filter((key) => key !== field.name))}
          />
        ))}
      </div>
      <AntForm.Item>
        <div className="dt-design-add">
          <ElementPicker key={picked} label={t('forms.addElement')} placeholder={t('forms.addElement')} onChange={(id) => void addElement(id)} />
          <Button icon={<PlusOutlined />} onClick={() => onChange([...fields, EMPTY_FIELD])}>{t('forms.addField')}</Button>
        </div>
      </AntForm.Item>
    </>
  )
}

interface FieldLineProps {
  readonly field: FormField
  readonly at: number
  readonly count: number
  readonly isKey: boolean
  readonly onSet: (change: Partial<FormField>) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
  readonly onKey: (isKey: boolean) => void
}

function FieldLine({ field, at, count, isKey, onSet, onMove, onRemove, onKey }: FieldLineProps) {
  const { t } = useT()
  const number = at + 1
  const facts = [field.element, field.codeList === null ? null : t('forms.codeOf', { list: field.codeList }), field.recognizer === null ? null : t('forms.rule.recognizer')].filter((one) => one !== null)
  return (
    <div className="dt-design-field" role="group" aria-label={t('forms.fieldNumber', { number })}>
      <AntForm.Item label={t('forms.field')}><Input aria-label={`${t('forms.field')} ${number}`} value={field.name} maxLength={100} onChange={(event) => onSet({ name: event.target.value })} /></AntForm.Item>
      <AntForm.Item label={t('forms.type')}>
        <Select<FieldType>
          aria-label={`${t('forms.type')} ${number}`} value={field.type} disabled={field.codeList !== null} options={FIELD_TYPES.map((type) => ({ value: type, label: t(`common.fieldType.${type}`) }))}
          onChange={(type) => onSet({ type, maxLength: null, scale: null, minimum: null, maximum: null, recognizer: type === 'text' ? field.recognizer : null })}
        />
      </AntForm.Item>
      <AntForm.Item label={t('forms.longest')}><InputNumber aria-label={`${t('forms.longest')} ${number}`} disabled={field.type !== 'text' || field.codeList !== null} min={1} max={2_000} value={field.maxLength} onChange={(maxLength) => onSet({ maxLength })} /></AntForm.Item>
      <AntForm.Item>
        <Checkbox checked={field.required} onChange={(event) => onSet({ required: event.target.checked })}>{t('forms.required')}</Checkbox>
        <Checkbox checked={isKey} disabled={field.name === ''} onChange={(event) => onKey(event.target.checked)}>{t('forms.key')}</Checkbox>
      </AntForm.Item>
      <AntForm.Item label={t('forms.help')}><Input aria-label={`${t('forms.help')} ${number}`} value={field.help ?? ''} maxLength={200} onChange={(event) => onSet({ help: event.target.value === '' ? null : event.target.value })} /></AntForm.Item>
      <div className="dt-design-buttons">
        <Button icon={<ArrowUpOutlined />} aria-label={t('forms.up', { number })} disabled={at === 0} onClick={() => onMove(-1)} />
        <Button icon={<ArrowDownOutlined />} aria-label={t('forms.down', { number })} disabled={at === count - 1} onClick={() => onMove(1)} />
        <Button icon={<DeleteOutlined />} danger aria-label={t('forms.removeField', { number })} onClick={onRemove} />
      </div>
      {facts.length > 0 && <p className="dt-design-facts">{facts.join(' · ')}</p>}
    </div>
  )
}

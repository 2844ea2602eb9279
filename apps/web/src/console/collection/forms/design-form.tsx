import type { Form, FormField, FormSchedule } from '@datong/contracts'
import { operations } from '@datong/contracts'
import { Button, Form as AntForm, Input, Select } from 'antd'
import { useState } from 'react'
import { useApi } from '../../../shared/api/hooks.ts'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { DesignFields } from './design-fields.tsx'
import { type Design, designOf } from './design-values.ts'
import { ScheduleFields } from './schedule-fields.tsx'

interface Values {
  readonly title: string
  readonly about?: string
  readonly organisation: string
  readonly departments: string[]
  readonly dueOn?: string
  readonly schedule?: Partial<FormSchedule>
}

/** What a form asks for, of whom and until when. */
export function DesignForm({ form, onSave }: { readonly form?: Form; readonly onSave: (design: Design) => Promise<void> }) {
  const { t } = useT()
  const name = useName()
  const [values] = AntForm.useForm<Values>()
  const before = designOf(form)
  const [fields, setFields] = useState<readonly FormField[]>(before.fields)
  const [keyFields, setKeyFields] = useState<readonly string[]>(before.keyFields)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const organisations = useApi(operations.listOrganisations)
  const departments = (organisations.data?.items ?? []).filter(({ kind }) => kind !== 'public').map((one) => ({ value: one.code, label: name(one) }))
  const isOpen = form?.state === 'open'
  const required = [{ required: true, message: t('common.required') }]
  const save = async ({ about = '', dueOn = '', schedule, ...rest }: Values): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const named = new Set(fields.map((field) => field.name))
      const when = { ...before.schedule, ...schedule }
      await onSave({ ...rest, about, dueOn: when.rhythm !== 'once' || dueOn === '' ? null : dueOn, schedule: when, fields: [...fields], keyFields: keyFields.filter((key) => named.has(key)) })
    } catch (caught) {
      setError(caught)
      setBusy(false)
    }
  }
  return (
    <AntForm<Values>
      form={values} layout="vertical" onFinish={(all) => void save(all)}
      initialValues={{ title: before.title, about: before.about, departments: before.departments, schedule: before.schedule, ...(before.organisation === undefined ? {} : { organisation: before.organisation }), ...(before.dueOn === null ? {} : { dueOn: before.dueOn }) }}
    >
      <div className="dt-form-grid">
        <AntForm.Item name="title" label={t('forms.name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={100} /></AntForm.Item>
        <AntForm.Item name="organisation" label={t('forms.owner')} extra={t('forms.ownerHint')} rules={required}>
          <Select disabled={form !== undefined} showSearch={{ optionFilterProp: 'label' }} options={departments} />
        </AntForm.Item>
        <AntForm.Item name="departments" label={t('forms.departments')} rules={required}>
          <Select mode="multiple" maxTagCount="responsive" showSearch={{ optionFilterProp: 'label' }} options={departments} />
        </AntForm.Item>
        <ScheduleFields rhythmStays={(form?.rounds.length ?? 0) > 0} keepsStays={isOpen} />
        <AntForm.Item className="dt-form-wide" name="about" label={t('forms.about')}><Input.TextArea rows={2} maxLength={2_000} /></AntForm.Item>
      </div>
      <h2 className="dt-design-head">{t('forms.fields')}</h2>
      {isOpen ? <p className="dt-secondary">{t('forms.fieldsStay')}</p> : <DesignFields fields={fields} keyFields={keyFields} onChange={setFields} onKeys={setKeyFields} />}
      {error !== null && <ErrorState error={error} />}
      <Button type="primary" htmlType="submit" loading={busy} disabled={fields.length === 0}>{t('common.save')}</Button>
    </AntForm>
  )
}

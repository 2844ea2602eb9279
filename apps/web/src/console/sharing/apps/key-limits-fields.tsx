import { type BodyOf, type operations, SCOPES } from '@datong/contracts'
import { DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useT } from '../../../shared/i18n/use-t.ts'

/** What the form of a key holds. */
export interface KeyForm {
  readonly name: string
  readonly expiresAt?: Dayjs
  readonly scopes?: BodyOf<typeof operations.createKey>['scopes']
  readonly entryCodes?: string[]
  readonly addresses?: string[]
}

/** The form as the interface takes it; what is left empty is not limited. */
export const keyBodyOf = ({ name, expiresAt, scopes, entryCodes, addresses }: KeyForm): BodyOf<typeof operations.createKey> => ({
  name: name.trim(),
  ...(expiresAt ? { expiresAt: expiresAt.endOf('day').toISOString() } : {}),
  ...(scopes?.length ? { scopes } : {}), ...(entryCodes?.length ? { entryCodes } : {}), ...(addresses?.length ? { addresses } : {}),
})

/** Name, end and limits of a key. */
export function KeyFields() {
  const { t } = useT()
  const typed = (name: 'entryCodes' | 'addresses', placeholder: string) => (
    <Form.Item name={name} label={t(`sharing.key.${name}`)} extra={t(`sharing.key.${name}Hint`)}>
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ', ';']} placeholder={placeholder} />
    </Form.Item>
  )
  return (
    <>
      <Form.Item name="name" label={t('sharing.key.name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={80} autoFocus /></Form.Item>
      <Form.Item name="expiresAt" label={t('sharing.key.expires')} initialValue={dayjs().add(1, 'year')} rules={[{ required: true, message: t('common.required') }]}>
        <DatePicker format="YYYY-MM-DD" minDate={dayjs().add(1, 'day')} style={{ width: '100%' }} allowClear={false} />
      </Form.Item>
      <Form.Item name="scopes" label={t('sharing.key.scopes')} extra={t('sharing.key.scopesHint')}>
        <Select mode="multiple" allowClear placeholder={t('sharing.key.all')} options={SCOPES.map((value) => ({ value, label: t(`sharing.scope.${value}`) }))} />
      </Form.Item>
      {typed('addresses', '10.20.0.0/16')}
      {typed('entryCodes', '306007-000123')}
    </>
  )
}

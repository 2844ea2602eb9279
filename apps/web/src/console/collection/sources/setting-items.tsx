import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { Setting } from './setting-schema.ts'

/** Form items for the settings, or secrets, of a kind of source, in a group of the form's values. */
export function SettingItems({ group, settings, keptHint }: { readonly group: 'settings' | 'secrets'; readonly settings: readonly Setting[]; readonly keptHint?: string | undefined }) {
  const { t } = useT()
  return (
    <div className="dt-form-grid">
      {settings.map((setting) => {
        const { name, label, help, required, kind, pattern } = setting
        const must = required && keptHint === undefined
        return (
          <Form.Item
            key={name} name={[group, name]} label={label} extra={keptHint ?? help} valuePropName={kind === 'yes-no' ? 'checked' : 'value'}
            rules={[...(must ? [{ required: true, message: t('common.required') }] : []), ...(pattern ? [{ pattern, message: help ?? t('sources.doesNotFit') }] : [])]}
          >
            <Control setting={setting} />
          </Form.Item>
        )
      })}
    </div>
  )
}

/** `Form.Item` gives it value and change. */
function Control({ setting: { kind, choices, least, most, required }, ...props }: { readonly setting: Setting }) {
  if (kind === 'choice') return <Select {...props} options={[...choices]} allowClear={!required} />
  if (kind === 'whole') return <InputNumber {...props} style={{ width: '100%' }} precision={0} {...(least === undefined ? {} : { min: least })} {...(most === undefined ? {} : { max: most })} />
  if (kind === 'yes-no') return <Switch {...props} />
  const length = most === undefined ? {} : { maxLength: most }
  if (kind === 'secret') return <Input.Password {...props} {...length} autoComplete="new-password" />
  return kind === 'long' ? <Input.TextArea {...props} {...length} rows={4} /> : <Input {...props} {...length} autoComplete="off" />
}

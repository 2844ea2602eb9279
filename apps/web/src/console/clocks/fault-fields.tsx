import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons'
import type { Entry } from '@datong/contracts'
import { AutoComplete, Button, Form, Input } from 'antd'
import { useT } from '../../shared/i18n/use-t.ts'
import './clocks.css'

const ITEMS = ['title', 'summary', 'keywords', 'sharingCondition', 'legalBasis', 'contact'] as const

/** What is missing in an entry that is returned, item by item. */
export function FaultFields({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const items = [...ITEMS.map((key) => t(`catalog.form.${key}`)), ...entry.fields.map(({ name }) => name)]
  return (
    <Form.List name="faults">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="dt-fault">
              <Form.Item name={[name, 'item']} label={t('clocks.fault.item')} rules={required}><AutoComplete options={items.map((value) => ({ value }))} showSearch={{ filterOption: (typed, option) => String(option?.value).includes(typed) }} /></Form.Item>
              <Form.Item name={[name, 'missing']} label={t('clocks.fault.missing')} rules={required}><Input maxLength={500} /></Form.Item>
              <Button type="text" icon={<MinusCircleOutlined />} aria-label={t('clocks.fault.remove')} onClick={() => remove(name)} />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add()}>{t('clocks.fault.add')}</Button>
        </>
      )}
    </Form.List>
  )
}

import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { REVOCATION_GROUNDS, type Application, type ApplicationAction } from '@datong/contracts'
import { Button, Form, Input, Radio, Rate } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'
import { LEGAL_BASIS, NO_REASON, REASON_NEEDED } from './action-forms.ts'

interface ActionFieldsProps {
  readonly action: ApplicationAction
  readonly material: Application['material']
}

/** The form of one step, approval excepted. */
export function ActionFields({ action, material }: ActionFieldsProps) {
  const { t } = useT()
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <>
      {action === 'notify-missing' && <MissingList />}
      {action === 'supplement' && <Supplement material={material} />}
      {action === 'evaluate' && <Scores />}
      {action === 'revoke' && (
        <Form.Item name="ground" label={t('sharing.ground')} extra={t('sharing.groundHint')} rules={[{ required: true, message: t('common.required') }]}>
          <Radio.Group options={REVOCATION_GROUNDS.map((value) => ({ value, label: t(`sharing.ground.${value}`) }))} />
        </Form.Item>
      )}
      {(!NO_REASON.has(action) || action === 'evaluate') && (
        <Form.Item name="reason" label={t.maybe('sharing.reasonLabel.', action)} rules={REASON_NEEDED.has(action) ? required : []}>
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={2000} autoFocus={action !== 'evaluate'} />
        </Form.Item>
      )}
      {LEGAL_BASIS.has(action) && (
        <Form.Item name="legalBasis" label={t('sharing.form.legalBasis')} extra={t('sharing.refuseBasisHint')} rules={required}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
        </Form.Item>
      )}
    </>
  )
}

/** Everything that is missing, item by item; it can be asked for only once. */
function MissingList() {
  const { t } = useT()
  return (
    <Form.List name="missing">
      {(items, { add, remove }) => (
        <fieldset className="dt-missing">
          <legend>{t('sharing.reasonLabel.notify-missing')}</legend>
          {items.map(({ key, name }, index) => (
            <div key={key} className="dt-missing-item">
              <Form.Item name={name} rules={[{ required: true, whitespace: true, message: t('common.required') }]} label={t('sharing.missingItem', { number: index + 1 })}>
                <Input maxLength={500} autoFocus={index === items.length - 1} onPressEnter={(event) => { event.preventDefault(); if (items.length < 50) add('') }} />
              </Form.Item>
              {items.length > 1 && <Button type="text" icon={<MinusCircleOutlined />} aria-label={t('sharing.missingRemove', { number: index + 1 })} onClick={() => remove(name)} />}
            </div>
          ))}
          <Button icon={<PlusOutlined />} disabled={items.length >= 50} onClick={() => add('')}>{t('sharing.missingAdd')}</Button>
        </fieldset>
      )}
    </Form.List>
  )
}

/** What is handed in for each item that is owed, and corrected words of purpose and use. */
function Supplement({ material }: { readonly material: Application['material'] }) {
  const { t } = useT()
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const owed = material.filter((item) => !item.supplied && !item.id.startsWith('evaluation:')) // an evaluation is handed in by evaluating
  return (
    <>
      {owed.map((item) => (
        <Form.Item key={item.id} name={['notes', item.id]} label={item.title} rules={required}><Input.TextArea autoSize={{ minRows: 1 }} maxLength={2000} placeholder={t('sharing.suppliedHint')} /></Form.Item>
      ))}
      <Form.Item name="purpose" label={t('sharing.form.purpose')} rules={required}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} /></Form.Item>
      <Form.Item name="use" label={t('sharing.form.use')} rules={required}><Input maxLength={500} /></Form.Item>
      {owed.length === 0 && <Form.Item name="reason" label={t('sharing.reasonLabel.supplement')} rules={required}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={2000} /></Form.Item>}
    </>
  )
}

/** Quality, timeliness and effect, one to five each. */
function Scores() {
  const { t } = useT()
  return (['quality', 'timeliness', 'effect'] as const).map((score) => (
    <Form.Item key={score} name={score} label={t(`sharing.score.${score}`)} extra={t(`sharing.scoreHint.${score}`)} rules={[{ required: true, message: t('common.required') }]}><Rate /></Form.Item>
  ))
}

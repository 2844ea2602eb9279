import { operations, PUSH_KINDS, type BodyOf } from '@datong/contracts'
import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { useDoing } from '../access/use-delivery.ts'

type Body = BodyOf<typeof operations.makePushTarget>
const PORTS = { postgresql: 5432, mariadb: 3306 } as const
const TLS = ['verify', 'on', 'off'] as const

/** Which database, which table, and how the connection is protected. */
export function MakeTarget({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useT()
  const { code } = useDeliveryAccess()
  const make = useDoing(operations.makePushTarget)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <ActionDialog<Body>
      open={open} title={t('workbench.push.make')} intro={t('workbench.push.makeIntro')} submit={t('workbench.push.make')} width={640} onClose={onClose}
      initial={{ kind: 'postgresql', port: PORTS.postgresql, tls: 'verify', schedule: 'each-version', createTable: true, replaceExisting: false }}
      onSubmit={({ ca, ...body }) => make.mutateAsync({ params: { code }, body: { ...body, ...(body.tls === 'verify' && ca?.trim() ? { ca: ca.trim() } : {}) } })}
    >
      <div className="dt-form-grid">
        <Form.Item name="kind" label={t('workbench.push.kind')}><KindSelect /></Form.Item>
        <Form.Item name="schedule" label={t('workbench.push.schedule')}><Select options={(['each-version', 'by-hand'] as const).map((value) => ({ value, label: t(`workbench.push.schedule.${value}`) }))} /></Form.Item>
        <Form.Item name="host" label={t('workbench.push.host')} rules={required}><Input maxLength={253} autoComplete="off" /></Form.Item>
        <Form.Item name="port" label={t('workbench.push.port')} rules={[{ required: true, message: t('common.required') }]}><InputNumber min={1} max={65_535} precision={0} /></Form.Item>
        <Form.Item name="database" label={t('workbench.push.database')} rules={required}><Input maxLength={63} autoComplete="off" /></Form.Item>
        <Form.Item name="table" label={t('workbench.push.table')} rules={required}><Input maxLength={48} autoComplete="off" /></Form.Item>
        <Form.Item name="user" label={t('workbench.push.user')} rules={required}><Input maxLength={128} autoComplete="off" /></Form.Item>
        <Form.Item name="password" label={t('workbench.push.password')} rules={[{ required: true, message: t('common.required') }]}><Input.Password maxLength={512} autoComplete="new-password" /></Form.Item>
        <Form.Item name="tls" label={t('workbench.push.tls')} className="dt-form-wide"><Select options={TLS.map((value) => ({ value, label: t(`workbench.push.tls.${value}`) }))} /></Form.Item>
        <Form.Item noStyle shouldUpdate={(before: Body, after: Body) => before.tls !== after.tls}>
          {({ getFieldValue }) => getFieldValue('tls') === 'verify' && (
            <Form.Item name="ca" label={t('workbench.push.ca')} extra={t('workbench.push.caHint')} className="dt-form-wide"><Input.TextArea rows={2} maxLength={65_536} placeholder="-----BEGIN CERTIFICATE-----" spellCheck={false} /></Form.Item>
          )}
        </Form.Item>
      </div>
      <Form.Item name="createTable" valuePropName="checked"><Checkbox>{t('workbench.push.createTable')}</Checkbox></Form.Item>
      <Form.Item name="replaceExisting" valuePropName="checked"><Checkbox>{t('workbench.push.replaceExisting')}</Checkbox></Form.Item>
    </ActionDialog>
  )
}

/** Each kind of database has its usual port. */
function KindSelect({ value, onChange, id }: { readonly id?: string; readonly value?: Body['kind']; readonly onChange?: (kind: Body['kind']) => void }) {
  const form = Form.useFormInstance<Body>()
  return (
    <Select
      {...(id ? { id } : {})} value={value ?? null} options={PUSH_KINDS.map((kind) => ({ value: kind, label: kind === 'postgresql' ? 'PostgreSQL' : 'MariaDB' }))}
      onChange={(kind) => {
        if (kind === null) return
        onChange?.(kind)
        form.setFieldValue('port', PORTS[kind])
      }}
    />
  )
}

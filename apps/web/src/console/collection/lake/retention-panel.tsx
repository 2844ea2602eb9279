import { operations } from '@datong/contracts'
import { Button, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'

interface Rules {
  readonly keepVersions?: number | null
  readonly keepDays?: number | null
  readonly reason: string
}

/** How long versions are kept, what would go now, and why some stay all the same. */
export function RetentionPanel({ code, owner }: { readonly code: string; readonly owner: boolean }) {
  const { t } = useT()
  const [editing, setEditing] = useState(false)
  const retention = useApi(operations.getRetention, { params: { code } })
  const set = useAction(operations.setRetention)
  return (
    <Panel title={t('lake.retention.title')} extra={owner && <Button onClick={() => setEditing(true)} disabled={retention.data === undefined}>{t('common.edit')}</Button>}>
      <Loaded of={retention} rows={2}>
        {({ keepVersions, keepDays, due, held, revision }) => (
          <>
            <p>{keepVersions === null && keepDays === null ? t('lake.retention.all') : [keepVersions === null ? '' : t('lake.retention.versions', { count: keepVersions }), keepDays === null ? '' : t('lake.retention.days', { count: keepDays })].filter((part) => part !== '').join(t('lake.retention.or'))}</p>
            {due.length > 0 && <p className="dt-secondary">{t('lake.retention.due', { versions: due.map((number) => `v${number}`).join(', ') })}</p>}
            {held.map(({ version, by }) => <p key={version} className="dt-secondary">v{version}: {t(`lake.retention.by.${by}`)}</p>)}
            {editing && (
              <ActionDialog<Rules>
                open title={t('lake.retention.title')} intro={t('lake.retention.intro')} submit={t('common.save')} initial={{ keepVersions, keepDays }} onClose={() => setEditing(false)}
                onSubmit={({ reason, ...rules }) => set.mutateAsync({ params: { code }, body: { keepVersions: rules.keepVersions ?? null, keepDays: rules.keepDays ?? null, reason: reason.trim(), revision } })}
              >
                <Form.Item name="keepVersions" label={t('lake.retention.keepVersions')}><InputNumber min={1} max={10_000} precision={0} style={{ width: '100%' }} placeholder={t('lake.retention.noLimit')} /></Form.Item>
                <Form.Item name="keepDays" label={t('lake.retention.keepDays')}><InputNumber min={1} max={36_500} precision={0} style={{ width: '100%' }} placeholder={t('lake.retention.noLimit')} /></Form.Item>
                <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
              </ActionDialog>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  )
}

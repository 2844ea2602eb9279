import { operations, type Entry, type Version } from '@datong/contracts'
import { App, Button, Form, Input, Table, Tooltip } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { Chip } from '../../shared/ui/chips.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'

/** Immutable versions of the data, what changed in the fields between them, and the way back to an older one. */
export function VersionsTab({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const format = useFormat()
  const { can } = useSession()
  const { message } = App.useApp()
  const [chosen, setChosen] = useState<Version | null>(null)
  const versions = useApi(operations.listVersions, { params: { code: entry.code } })
  const choose = useAction(operations.useVersion)
  const mayChoose = entry.allowedActions.includes('load')

  return (
    <Panel flush title={t('entry.dataVersions')}>
      <Loaded of={versions}>
        {({ items }) => items.length === 0 ? <Empty title={t('catalog.version.none')} /> : (
          <Table
            size="middle" rowKey="number" pagination={items.length > 50 ? { pageSize: 50 } : false} scroll={{ x: 'max-content' }} dataSource={items}
            columns={[
              {
                key: 'number', title: t('catalog.version.number'),
                render: (_, version) => <span className="dt-chips"><strong>v{version.number}</strong>{version.current && <Chip tone="jade">{t('catalog.version.current')}</Chip>}{version.ended && <Chip tone="plain">{t('catalog.version.ended')}</Chip>}</span>,
              },
              { key: 'rows', title: t('catalog.column.rows'), align: 'right', className: 'dt-num', render: (_, version) => format.number(version.rowCount) },
              { key: 'rejected', title: t('catalog.version.rejected'), align: 'right', className: 'dt-num', render: (_, version) => format.number(version.rowsRejected) },
              { key: 'fields', title: t('catalog.version.fields'), render: (_, version) => <FieldChanges version={version} before={items.find((item) => item.number === version.number - 1)} /> },
              { key: 'source', title: t('catalog.version.source'), render: (_, version) => can(operations.getLoad) && mayChoose ? <Link to={`/console/collection/loads/${version.loadId}`}>{version.source}</Link> : version.source },
              { key: 'by', title: t('catalog.version.by'), render: (_, version) => <span className="dt-nowrap">{version.createdBy} · {format.dateTime(version.createdAt)}</span> },
              {
                key: 'hash', title: t('catalog.version.hash'),
                render: (_, version) => <Tooltip title={<span className="dt-mono">{version.contentHash}</span>}><span className="dt-mono" tabIndex={0}>{version.contentHash.slice(0, 12)}</span></Tooltip>,
              },
              ...(mayChoose ? [{
                key: 'use', title: '',
                render: (_: unknown, version: Version) => version.current || version.ended ? null : <Button size="small" onClick={() => setChosen(version)}>{t('catalog.version.use')}</Button>,
              }] : []),
            ]}
          />
        )}
      </Loaded>
      {chosen && (
        <ActionDialog<{ reason: string }>
          open title={t('catalog.version.useTitle', { number: chosen.number })} intro={t('catalog.version.useIntro')} submit={t('catalog.version.use')}
          onClose={() => setChosen(null)}
          onSubmit={async ({ reason }) => {
            await choose.mutateAsync({ params: { code: entry.code, number: chosen.number }, body: { reason: reason.trim() } })
            void message.success(t('catalog.version.used', { number: chosen.number }))
          }}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
            <Input.TextArea rows={3} maxLength={500} autoFocus />
          </Form.Item>
        </ActionDialog>
      )}
    </Panel>
  )
}

/** Fields that came, went or changed their type since the version before. */
function FieldChanges({ version, before }: { readonly version: Version; readonly before: Version | undefined }) {
  const { t } = useT()
  if (!before) return <>{version.fields.length}</>
  const old = new Map(before.fields.map((field) => [field.name, field.type]))
  const added = version.fields.filter((field) => !old.has(field.name)).map((field) => `+ ${field.name}`)
  const gone = before.fields.filter((field) => !version.fields.some((now) => now.name === field.name)).map((field) => `− ${field.name}`)
  const typed = version.fields.filter((field) => old.has(field.name) && old.get(field.name) !== field.type)
    .map((field) => `${field.name}: ${t.maybe('common.fieldType.', old.get(field.name) ?? '')} → ${t(`common.fieldType.${field.type}`)}`)
  const changes = [...added, ...gone, ...typed]
  if (changes.length === 0) return <span className="dt-secondary">{t('catalog.version.sameFields', { count: version.fields.length })}</span>
  return <ul className="dt-issues" style={{ maxWidth: 260 }}>{changes.slice(0, 6).map((line) => <li key={line}>{line}</li>)}{changes.length > 6 && <li>…</li>}</ul>
}

import { operations, type ResponseOf } from '@datong/contracts'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { CodeBrowser } from './code-browser.tsx'
import { CodeDifferences } from './code-differences.tsx'
import { ExportButton } from './export-button.tsx'
import { StateOf, ToBeConfirmed } from './standard-chips.tsx'
import { STANDARDS } from './standards-frame.tsx'
import './standards.css'

/** One code list: its codes on any day, its versions and what they differ in, the elements that use it. */
export function CodeListPage() {
  const { id = '' } = useParams()
  const read = useApi(operations.getCodeList, { params: { id } })
  return <Loaded of={read} rows={8}>{(data) => <List data={data} />}</Loaded>
}

function List({ data: { list, versions, elements } }: { readonly data: ResponseOf<typeof operations.getCodeList> }) {
  const { t } = useT()
  const { can } = useSession()
  const format = useFormat()
  const name = useName()
  const [abolishing, setAbolishing] = useState(false)
  const abolish = useAction(operations.abolishCodeList)
  return (
    <>
      <PageHeader
        title={name(list)} back={{ to: `${STANDARDS}/code-lists`, text: t('standards.lists') }} chips={<><StateOf state={list.state} />{!list.confirmed && <ToBeConfirmed />}</>}
        facts={<><span className="dt-mono">{list.id}</span>{list.source && <span>{list.source}</span>}<span>{t('standards.codeCount', { codes: format.number(list.codes) })}</span></>}
        actions={<><ExportButton kind="code-list" list={list.id} />{can(operations.abolishCodeList) && list.state !== 'abolished' && elements.length === 0 && <Button danger onClick={() => setAbolishing(true)}>{t('standards.action.abolish')}</Button>}</>}
      />
      {list.partial && <p className="dt-secondary dt-lead">{t('standards.partialHint')}</p>}
      <CodeBrowser list={list} />
      <Panel title={t('standards.versions')}>
        <ListTable
          label={t('standards.versions')} rows={versions} rowKey={({ version }) => String(version)} size="small"
          columns={[
            { key: 'label', title: t('standards.version'), render: (one) => one.label },
            { key: 'from', title: t('standards.from'), render: (one) => one.inForceFrom ?? t('standards.sinceInstallation') },
            { key: 'codes', title: t('standards.codes'), render: (one) => `${format.number(one.codes)}${one.partial ? ` ${t('standards.partial')}` : ''}` },
            { key: 'published', title: t('standards.publishedAt'), render: (one) => (one.publishedAt ? `${format.dateTime(one.publishedAt)} ${one.publishedBy?.name ?? ''}` : '—') },
          ]}
        />
        {versions.length > 1 && <CodeDifferences id={list.id} versions={versions} />}
      </Panel>
      {elements.length > 0 && (
        <Panel title={t('standards.usedByElements')}><p className="dt-chips">{elements.map((one) => <Link key={one.id} to={`${STANDARDS}/elements/${one.id}`}>{one.name}</Link>)}</p></Panel>
      )}
      {abolishing && (
        <ActionDialog<{ reason: string }>
          open danger title={t('standards.actionTitle.abolish', { name: name(list) })} submit={t('standards.action.abolish')} onClose={() => setAbolishing(false)}
          onSubmit={({ reason }) => abolish.mutateAsync({ params: { id: list.id }, body: { reason: reason.trim(), revision: list.revision } })}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} /></Form.Item>
        </ActionDialog>
      )}
    </>
  )
}

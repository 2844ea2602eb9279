import { operations, type HeldVersion } from '@datong/contracts'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { ListTable } from '../../shared/ui/list-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { useRuleTitle } from './use-kinds.ts'
import './checks.css'

/** Versions that wait at a gate, with why. Nothing is shown when none does. */
export function HeldPanel() {
  const { data } = useApi(operations.listHeldVersions)
  return data && data.items.length > 0 ? <HeldVersions items={data.items} /> : null
}

export function HeldVersions({ items }: { readonly items: readonly HeldVersion[] }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const [releasing, setReleasing] = useState<HeldVersion | null>(null)
  return (
    <Panel title={t('checks.heldVersions')} extra={<span className="dt-secondary">{t('checks.heldIntro')}</span>} flush>
      <ListTable<HeldVersion>
        label={t('checks.heldVersions')} rows={items} rowKey={(one) => `${one.entryCode}/${one.version}`}
        columns={[
          { key: 'entry', title: t('checks.entry'), render: (one) => <div className="dt-cell-title"><Link to={`/console/quality/entries/${one.entryCode}`}>{one.entryTitle}</Link><div className="dt-secondary dt-cell-sub">{t('common.version', { number: one.version })} · {name(one.organisation)}</div></div> },
          { key: 'why', title: t('checks.why'), render: (one) => <HoldReasons held={one} /> },
          { key: 'since', title: t('checks.heldSince'), render: (one) => <span className="dt-nowrap">{format.dateTime(one.heldAt)}</span> },
          { key: 'act', title: '', render: (one) => (one.allowedActions.includes('release') ? <Button size="small" aria-label={`${t('checks.release')}：${one.entryTitle}`} onClick={() => setReleasing(one)}>{t('checks.release')}</Button> : one.state === 'released' ? <span className="dt-secondary">{t('checks.released')}{one.reason && ` · ${one.reason}`}</span> : null) },
        ]}
      />
      {releasing && <ReleaseDialog held={releasing} onClose={() => setReleasing(null)} />}
    </Panel>
  )
}

function HoldReasons({ held }: { readonly held: HeldVersion }) {
  const { t } = useT()
  const ruleTitle = useRuleTitle()
  const format = useFormat()
  return (
    <ul className="dt-checks-reasons">
      {held.reasons.map((reason) => (
        <li key={reason.ruleId ?? 'stars'}>
          {reason.ruleId === null
            ? t('checks.tooFewStars', { stars: reason.failed, least: reason.checked })
            : <><Link to={`/console/quality/rules/${reason.ruleId}`}>{ruleTitle(reason)}</Link> <span className="dt-secondary dt-num">{t('quality.ofRows', { failing: format.number(reason.failed), checked: format.number(reason.checked) })}</span></>}
        </li>
      ))}
    </ul>
  )
}

function ReleaseDialog({ held, onClose }: { readonly held: HeldVersion; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const release = useAction(operations.releaseVersion)
  return (
    <ActionDialog<{ reason: string }>
      open title={t('checks.releaseTitle', { entry: held.entryTitle, version: held.version })} intro={t('checks.releaseIntro')} submit={t('checks.release')} onClose={onClose}
      onSubmit={async ({ reason }) => {
        await release.mutateAsync({ params: { code: held.entryCode, number: held.version }, body: { reason: reason.trim() } })
        void message.success(t('checks.releaseDone'))
      }}
    >
      <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={3} maxLength={500} autoFocus /></Form.Item>
    </ActionDialog>
  )
}

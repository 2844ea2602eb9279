import { operations, type QualityRuleAction, type ResponseOf } from '@datong/contracts'
import { App, Button, Form, Input, Tabs } from 'antd'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { FailingTable } from './failing-table.tsx'
import { OutcomeWords } from './outcome-words.tsx'
import { ParameterWords } from './parameter-words.tsx'
import { SeverityChip, VerdictChip } from './rule-chips.tsx'
import { bodyOf, draftFrom } from './rule-draft.ts'
import { RuleForm } from './rule-form.tsx'
import { OutcomeHistory, VersionHistory } from './rule-history.tsx'
import { RuleTicket } from './rule-ticket.tsx'
import { useKinds, useRuleTitle } from './use-kinds.ts'
import './checks.css'

type RuleDetails = ResponseOf<typeof operations.getQualityRule>
const CHECKING_MS = 1_500

/** One rule: what it asks, what it found in each version of the data, rows that fail, and every version that it had. */
export function QualityRulePage() {
  const { id = '' } = useParams()
  const rule = useApi(operations.getQualityRule, { params: { id } }, { refetchMs: (last) => (last?.state === 'active' && last.outcome?.ruleVersion !== last.version ? CHECKING_MS : false) })
  return <Loaded of={rule} rows={8}>{(data) => <RuleView key={`${data.id}-${data.revision}`} rule={data} />}</Loaded>
}

function RuleView({ rule }: { readonly rule: RuleDetails }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const { titleOf, aboutOf } = useKinds()
  const ruleTitle = useRuleTitle()
  const [search, setSearch] = useSearchParams()
  const [asked, setAsked] = useState<QualityRuleAction | null>(null)
  const editable = rule.allowedActions.includes('change')
  return (
    <>
      <PageHeader
        back={{ to: `/console/quality/entries/${rule.entryCode}`, text: rule.entryTitle }} title={ruleTitle(rule)}
        chips={<><VerdictChip rule={rule} /><SeverityChip severity={rule.severity} /></>}
        facts={<><span>{titleOf(rule.kind)}</span><span>{t(`quality.dimension.${rule.dimension}`)}</span><span>{name(rule.organisation)}</span><span>{t('common.version', { number: rule.version })}</span><span>{rule.changedBy.name} · {format.dateTime(rule.changedAt)}</span></>}
        actions={(['retire', 'pause', 'resume'] as const).filter((action) => rule.allowedActions.includes(action)).map((action) => <Button key={action} danger={action === 'retire'} onClick={() => setAsked(action)}>{t(`checks.action.${action}`)}</Button>)}
      />
      <Tabs
        activeKey={search.get('tab') ?? 'found'} onChange={(key) => setSearch(key === 'found' ? {} : { tab: key }, { replace: true })} destroyOnHidden
        items={[
          {
            key: 'found', label: t('checks.found'),
            children: (
              <>
                <div className="dt-checks-two">
                  <Panel title={t('checks.asks')}>
                    <p className="dt-lead">{aboutOf(rule.kind)}</p>
                    <ParameterWords kind={rule.kind} parameters={rule.parameters} />
                    <dl className="dt-def">
                      {rule.field !== null && <><dt>{t('checks.field')}</dt><dd>{rule.field}</dd></>}
                      <dt>{t('checks.tolerance')}</dt><dd>{format.percent(rule.toleranceShare)}</dd>
                      <dt>{t('checks.weightTitle')}</dt><dd>{format.number(rule.weight, 2)}</dd>
                      {rule.note !== '' && <><dt>{t('checks.note')}</dt><dd>{rule.note}</dd></>}
                      {rule.turned && rule.state !== 'active' && <><dt>{t(`checks.state.${rule.state}`)}</dt><dd>{rule.turned.reason}<div className="dt-secondary">{rule.turned.by.name} · {format.dateTime(rule.turned.at)}</div></dd></>}
                      <RuleTicket rule={rule} />
                      {rule.outcome && <><dt>{t('checks.foundLast')}</dt><dd><OutcomeWords outcome={rule.outcome} /></dd></>}
                    </dl>
                  </Panel>
                  <Panel title={t('checks.byVersion')}><OutcomeHistory outcomes={rule.outcomes} /></Panel>
                </div>
                {can(operations.listFailingRows) && rule.outcome && <FailingTable key={rule.outcome.checkedAt} ruleId={rule.id} version={rule.outcome.version} />}
              </>
            ),
          },
          ...(editable ? [{ key: 'edit', label: t('checks.change'), children: <EditRule rule={rule} /> }] : []),
          { key: 'versions', label: `${t('checks.versions')} ${rule.versions.length}`, children: <VersionHistory rule={rule} /> },
        ]}
      />
      {asked && <ActDialog rule={rule} action={asked} onClose={() => setAsked(null)} />}
      <p className="dt-secondary"><Link to={`/console/quality/entries/${rule.entryCode}`}>{t('checks.allRulesOf', { entry: rule.entryTitle })}</Link></p>
    </>
  )
}

function EditRule({ rule }: { readonly rule: RuleDetails }) {
  const { t } = useT()
  const { message } = App.useApp()
  const [draft, setDraft] = useState(() => draftFrom(rule))
  const entry = useApi(operations.getEntry, { params: { code: rule.entryCode } })
  const change = useAction(operations.changeQualityRule)
  const { kind: _, ...content } = bodyOf(draft)
  return (
    <Loaded of={entry}>
      {(data) => (
        <RuleForm
          entry={data} draft={draft} onChange={setDraft} kindFixed submit={t('checks.saveVersion', { number: rule.version + 1 })} busy={change.isPending} error={change.error}
          disabled={JSON.stringify(draft) === JSON.stringify(draftFrom(rule))}
          onSubmit={() => change.mutate({ params: { id: rule.id }, body: { ...content, revision: rule.revision } }, { onSuccess: () => void message.success(t('checks.saved')) })}
        />
      )}
    </Loaded>
  )
}

function ActDialog({ rule, action, onClose }: { readonly rule: RuleDetails; readonly action: QualityRuleAction; readonly onClose: () => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const act = useAction(operations.actOnQualityRule)
  return (
    <ActionDialog<{ reason: string }>
      open title={t(`checks.action.${action}`)} intro={t(`checks.actionIntro.${action}`)} submit={t(`checks.action.${action}`)} danger={action === 'retire'} onClose={onClose}
      onSubmit={async ({ reason }) => {
        await act.mutateAsync({ params: { id: rule.id, action }, body: { reason: reason.trim(), revision: rule.revision } })
        void message.success(t(`checks.actionDone.${action}`))
      }}
    >
      <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={3} maxLength={500} autoFocus /></Form.Item>
    </ActionDialog>
  )
}

import { operations, type BodyOf, type ResponseOf, type RuleAction, type RuleContent } from '@datong/contracts'
import { App, Button, Form, Input, Tabs } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { EffectChip, RuleStateChip } from './rule-chips.tsx'
import { RuleForm } from './rule-form.tsx'
import { RuleVersions } from './rule-versions.tsx'
import { RuleWordsView } from './rule-view.tsx'
import { TestBench } from './test-bench.tsx'
import { emptyRule, type Draft } from './draft.ts'
import './rules.css'

type RuleDetails = ResponseOf<typeof operations.getRule>
const BACK = '/console/governance/rules'

/** One rule: its words, the bench to try it on, what it compiles to, and every version it had. */
export function RulePage() {
  const { id = '' } = useParams()
  const rule = useApi(operations.getRule, { params: { id } })
  return <Loaded of={rule} rows={8}>{(data) => <RuleView key={`${data.id}-${data.revision}`} rule={data} />}</Loaded>
}

/** A rule that is being written for the first time. */
export function NewRulePage() {
  const { t } = useT()
  const { has } = useSession()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft>({ ...emptyRule, scope: has('steward') ? 'city' : 'department' })
  const create = useAction(operations.createRule)
  return (
    <>
      <PageHeader back={{ to: BACK, text: t('rules.title') }} title={t('rules.add')} facts={<span>{t('rules.draftHint')}</span>} />
      <RuleForm
        draft={draft} onChange={setDraft} error={create.error} busy={create.isPending} submit={t('rules.saveDraft')}
        scopes={[...(has('steward') ? ['city' as const] : []), ...(has('provider') ? ['department' as const] : [])]}
        onSubmit={() => create.mutate({ body: draft }, { onSuccess: (made) => void navigate(`${BACK}/${made.id}`) })}
      />
      <TestBench draft={draft} />
    </>
  )
}

function RuleView({ rule }: { readonly rule: RuleDetails }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const { message } = App.useApp()
  const [search, setSearch] = useSearchParams()
  const [draft, setDraft] = useState<Draft>(() => ({ ...contentOf(rule), scope: rule.scope ? 'department' : 'city' }))
  const [asked, setAsked] = useState<RuleAction | null>(null)
  const change = useAction(operations.changeRule)
  const act = useAction(operations.actOnRule)
  const editable = rule.allowedActions.includes('change')
  const changed = JSON.stringify(draft) !== JSON.stringify({ ...contentOf(rule), scope: draft.scope })
  const tab = search.get('tab') ?? 'rule'
  const save = (): void => {
    const { scope: _, ...content } = draft
    const body: BodyOf<typeof operations.changeRule> = { ...content, revision: rule.revision }
    change.mutate({ params: { id: rule.id }, body }, { onSuccess: () => void message.success(t('rules.saved')) })
  }
  return (
    <>
      <PageHeader
        back={{ to: BACK, text: t('rules.title') }} title={rule.name} chips={<><RuleStateChip state={rule.state} /><EffectChip effect={rule.effect} /></>}
        facts={<><span>{rule.scope ? name(rule.scope) : t('rules.scope.city')}</span><span>{t('common.version', { number: rule.version })}</span>{rule.activeVersion !== null && rule.activeVersion !== rule.version && <span className="dt-warn">{t('rules.behind', { active: rule.activeVersion })}</span>}<span>{rule.changedBy.name} · {format.dateTime(rule.changedAt)}</span></>}
        actions={(['retire', 'activate'] as const).filter((action) => rule.allowedActions.includes(action)).map((action) => (
          <Button key={action} danger={action === 'retire'} type={action === 'activate' ? 'primary' : 'default'} onClick={() => setAsked(action)}>{t(`rules.action.${action}`)}</Button>
        ))}
      />
      <Tabs
        activeKey={tab} onChange={(key) => setSearch(key === 'rule' ? {} : { tab: key }, { replace: true })}
        items={[
          {
            key: 'rule', label: t('rules.tab.rule'),
            children: editable
              ? <RuleForm draft={draft} onChange={setDraft} error={change.error} busy={change.isPending} submit={t('rules.saveVersion', { number: rule.version + 1 })} disabled={!changed} onSubmit={save} />
              : <RuleWordsView rule={rule} />,
          },
          ...(can(operations.replayRule) ? [{ key: 'bench', label: t('rules.tab.bench'), children: <TestBench ruleId={rule.id} {...(editable && changed ? { draft } : {})} /> }] : []),
          { key: 'cedar', label: 'Cedar', children: <Panel title={t('rules.cedar')}><p className="dt-secondary dt-lead">{t('rules.cedarHint')}</p><pre className="dt-code" tabIndex={0}>{rule.cedar}</pre></Panel> },
          { key: 'versions', label: `${t('rules.tab.versions')} ${rule.versions.length}`, children: <RuleVersions versions={rule.versions} active={rule.activeVersion} /> },
        ]}
      />
      {asked && (
        <ActionDialog<{ reason: string }>
          open title={t(`rules.action.${asked}`)} intro={t(`rules.actionIntro.${asked}`)} submit={t(`rules.action.${asked}`)} danger={asked === 'retire'} onClose={() => setAsked(null)}
          onSubmit={async ({ reason }) => {
            await act.mutateAsync({ params: { id: rule.id, action: asked }, body: { reason: reason.trim(), revision: rule.revision } })
            void message.success(t(`rules.actionDone.${asked}`))
          }}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={3} maxLength={500} autoFocus /></Form.Item>
        </ActionDialog>
      )}
    </>
  )
}

const contentOf = ({ name, priority, effect, reason, legalBasis, note, conditions }: RuleDetails): RuleContent => ({ name, priority, effect, reason, legalBasis, note, conditions })

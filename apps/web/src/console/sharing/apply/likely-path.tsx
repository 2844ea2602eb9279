import { CheckCircleOutlined, CloseCircleOutlined, TeamOutlined } from '@ant-design/icons'
import { operations, type Entry, type ResponseOf } from '@datong/contracts'
import { Alert, Skeleton } from 'antd'
import { useAsked } from '../../../shared/api/hooks.ts'
import { explain } from '../../../shared/api/problem.ts'
import { useName, useTitle } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { Clock } from '../../../shared/ui/clock.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ProcessBar, type ProcessStep } from '../../../shared/ui/process-bar.tsx'
import { useCalm } from './use-calm.ts'
import { bodyOf, nothingOf, type GrantLink, type Wishes } from './wishes.ts'

interface LikelyPathsProps {
  readonly entries: readonly Entry[]
  readonly wishes: Wishes
  readonly words: { readonly name: string | undefined; readonly coarser: string }
  readonly link?: GrantLink
}

type Preview = ResponseOf<typeof operations.previewApplication>

const LOOK = {
  'granted-by-rule': { tone: 'jade', icon: <CheckCircleOutlined /> },
  'refused-by-rule': { tone: 'cinnabar', icon: <CloseCircleOutlined /> },
  people: { tone: 'primary', icon: <TeamOutlined /> },
} as const

/** Beside the wizard: what would become of each application if it were filed now, and when at the latest. */
export function LikelyPaths({ entries, ...rest }: LikelyPathsProps) {
  const { t } = useT()
  return (
    <Panel title={t('apply.likelyPath')}>
      {entries.map((entry) => <LikelyPath key={entry.code} entry={entry} many={entries.length > 1} {...rest} />)}
      <p className="dt-secondary dt-apply-small">{t('apply.likelyPathHint')}</p>
    </Panel>
  )
}

function LikelyPath({ entry, many, wishes, words, link }: Omit<LikelyPathsProps, 'entries'> & { readonly entry: Entry; readonly many: boolean }) {
  const { t } = useT()
  const titleOf = useTitle()
  const chosen = (wishes.of[entry.code] ?? nothingOf).fields.length > 0
  const body = useCalm(chosen ? bodyOf(entry, wishes, words, link) : null)
  const preview = useAsked(operations.previewApplication, body)
  const { data, error } = preview
  return (
    <section className="dt-path" aria-live="polite" aria-busy={preview.isFetching}>
      {many && <h3>{titleOf(entry)}</h3>}
      {!chosen && <p className="dt-secondary">{t('apply.pathNeedsFields')}</p>}
      {chosen && !data && !error && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {chosen && error && !data && <p className="dt-warn">{explain(error, t).text}</p>}
      {chosen && data && <Outlook preview={data} link={link} />}
    </section>
  )
}

function Outlook({ preview, link }: { readonly preview: Preview; readonly link: GrantLink | undefined }) {
  const { t } = useT()
  const name = useName()
  const { path, rule, clock, departments, issues } = preview
  const people = path === 'people'
  const decision: ProcessStep = people
    ? {
      key: 'people', state: 'next', title: t('apply.path.peopleStep'),
      words: <>{departments.map(({ department, fields }) => <span key={department.code} className="dt-path-department">{name(department)} · {t('sharing.fieldCount', { count: fields.length })}</span>)}</>,
    }
    : { key: 'rule-decides', state: path === 'refused-by-rule' ? 'no' : 'next', title: t(`apply.path.${path}`), words: path === 'refused-by-rule' ? [preview.reason, preview.legalBasis].filter(Boolean).join(' · ') : t('apply.path.seconds') }
  const steps: ProcessStep[] = [
    { key: 'fill', state: 'now', title: t('apply.path.fill'), ...(link ? { words: t(`apply.path.${link.kind}`, { grant: link.grant.number }) } : {}) },
    ...(rule && people ? [{ key: 'rule', state: 'next' as const, title: t('apply.path.rule'), words: rule.name }] : []),
    decision,
    ...(path === 'refused-by-rule' ? [] : [{ key: 'use', state: 'next' as const, title: t('apply.path.use'), words: people ? t('apply.path.delivery', { count: preview.deliveryWorkingDays }) : t('apply.path.useNow') }]),
  ]
  return (
    <>
      <div className="dt-path-head">
        <Chip tone={LOOK[path].tone} icon={LOOK[path].icon}>{t(`apply.path.${path}`)}</Chip>
        {rule && !people && <span className="dt-secondary">{rule.name}</span>}
      </div>
      {people && <Clock clock={clock} size="large" />}
      <ProcessBar steps={steps} label={t('apply.likelyPath')} upright />
      {preview.waitsForEvaluation && <Alert type="warning" showIcon title={t('apply.waitsForEvaluation')} />}
      {issues.length > 0 && <Alert type="warning" showIcon title={t('apply.issues')} description={<ul className="dt-issues">{issues.map((issue, index) => <li key={index}>{t.language === 'zh-CN' ? issue.message : t.maybe('errors.issue:', issue.code, issue.message)}</li>)}</ul>} />}
    </>
  )
}

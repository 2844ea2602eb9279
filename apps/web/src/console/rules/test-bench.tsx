import { operations, type BodyOf, type ReplayItem, type ResponseOf } from '@datong/contracts'
import { Button, Segmented, Table } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../shared/api/hooks.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Panel } from '../../shared/ui/page-header.tsx'
import { Empty, ErrorState } from '../../shared/ui/states.tsx'
import { EffectChip } from './rule-chips.tsx'
import { isWhole, type Draft } from './draft.ts'
import { Weighed } from './weighed.tsx'

type Replay = ResponseOf<typeof operations.replayRule>
const SPANS = [12, 6, 1] as const

/** Plays a rule back over the applications of a time: what would have been decided otherwise. Changes nothing. */
export function TestBench({ ruleId, draft }: { readonly ruleId?: string; readonly draft?: Draft }) {
  const { t } = useT()
  const [months, setMonths] = useState<(typeof SPANS)[number]>(12)
  const replay = useAction(operations.replayRule)
  const run = (): void => {
    const body: BodyOf<typeof operations.replayRule> = { ...(ruleId ? { ruleId } : {}), ...(draft ? { draft } : {}), from: dayjs().subtract(months, 'month').toISOString(), limit: 200 }
    replay.mutate({ body })
  }
  return (
    <Panel
      title={t('rules.bench')}
      extra={<div className="dt-page-actions"><Segmented value={months} onChange={setMonths} options={SPANS.map((value) => ({ value, label: t('rules.lastMonths', { count: value }) }))} /><Button type="primary" loading={replay.isPending} disabled={draft !== undefined && !isWhole(draft)} onClick={run}>{t('rules.run')}</Button></div>}
    >
      <p className="dt-secondary dt-lead">{draft ? t('rules.benchDraft') : t('rules.benchHint')}</p>
      {replay.error && <ErrorState error={replay.error} />}
      {replay.data && <Results replay={replay.data} isDraft={draft !== undefined} />}
    </Panel>
  )
}

function Results({ replay, isDraft }: { readonly replay: Replay; readonly isDraft: boolean }) {
  const { t } = useT()
  const format = useFormat()
  if (replay.replayed === 0) return <Empty title={t('rules.nothingToReplay')} />
  return (
    <>
      <p><strong>{t('rules.replayed', { count: replay.replayed, changed: replay.changed })}</strong> <span className="dt-secondary">{format.date(replay.from)} – {format.date(replay.to)}{replay.truncated && ` · ${t('rules.truncated')}`}</span></p>
      <ul className="dt-replay-counts">
        {replay.counts.map(({ was, wouldBe, count }) => (
          <li key={`${was}-${wouldBe}`} className={was === wouldBe ? undefined : 'dt-replay-changed'}>
            <span className="dt-replay-words"><EffectChip effect={was} /> → <EffectChip effect={wouldBe} /></span>
            <span className="dt-replay-bar" aria-hidden><span style={{ width: `${(count / replay.replayed) * 100}%` }} /></span>
            <span className="dt-num">{format.number(count)}</span>
          </li>
        ))}
      </ul>
      {replay.changed > 0 && <ReplayTable items={replay.items.filter(({ was, wouldBe }) => was !== wouldBe)} />}
      {isDraft && <details className="dt-lead"><summary>{t('rules.cedar')}</summary><pre className="dt-code" tabIndex={0}>{replay.cedar}</pre></details>}
    </>
  )
}

function ReplayTable({ items }: { readonly items: readonly ReplayItem[] }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  return (
    <Table<ReplayItem>
      size="small" rowKey="applicationId" dataSource={[...items]} scroll={{ x: 'max-content' }} pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }} aria-label={t('rules.changedTable')}
      expandable={{ expandedRowRender: (item) => <Weighed conditions={item.conditions} />, rowExpandable: (item) => item.conditions.length > 0 }}
      columns={[
        { key: 'application', title: t('sharing.column.application'), render: (_, item) => <div className="dt-cell-title"><Link to={`/console/sharing/applications/${item.applicationId}`}>{item.entryTitle}</Link><div className="dt-secondary dt-cell-sub"><span className="dt-mono">{item.number}</span> · {name(item.consumer)} · {format.date(item.submittedAt)}</div></div> },
        { key: 'purpose', title: t('sharing.column.purpose'), render: (_, item) => <span className="dt-parties">{item.purpose}</span> },
        { key: 'was', title: t('rules.was'), render: (_, item) => <EffectChip effect={item.was} /> },
        { key: 'wouldBe', title: t('rules.wouldBe'), render: (_, item) => <EffectChip effect={item.wouldBe} /> },
        { key: 'outcome', title: t('rules.outcome'), render: (_, item) => t(`rules.outcomeName.${item.outcome}`) },
        { key: 'known', title: t('rules.known'), render: (_, item) => <span className="dt-secondary">{t(`rules.knownName.${item.known}`)}</span> },
      ]}
    />
  )
}

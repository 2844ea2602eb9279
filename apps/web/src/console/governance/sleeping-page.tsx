import { operations, type Sleeping } from '@datong/contracts'
import { Segmented } from 'antd'
import { Link } from 'react-router'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { pick } from '../../shared/ui/pick.ts'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'

const KINDS = ['entry', 'grant'] as const

/** Published entries and active grants that nobody uses, the longest first. */
export function SleepingPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { values, set } = useFilters(['kind'])
  const kind = oneOf(KINDS, values.kind)
  const pages = usePages(operations.listSleeping, { query: pick('kind', kind) })
  return (
    <>
      <p className="dt-secondary dt-lead">{pages.answer.data ? t('governance.sleepingIntro', { days: pages.answer.data.afterDays }) : t('governance.sleepingWhat')}</p>
      <Panel flush>
        <div className="dt-filters">
          <Segmented value={kind ?? 'all'} onChange={(value) => set('kind', value === 'all' ? undefined : value)} options={[{ value: 'all', label: t('common.all') }, ...KINDS.map((value) => ({ value, label: t(`governance.kind.${value}`) }))]} />
        </div>
        <DataTable<Sleeping>
          label={t('governance.sleeping')} pages={pages} rowKey={(one) => `${one.kind}-${one.id}`} empty={{ title: t('governance.noneSleeping'), hint: t('governance.noneSleepingHint') }}
          columns={[
            {
              key: 'title', title: t('governance.what'),
              render: (one) => (
                <div className="dt-cell-title">
                  <Link to={one.kind === 'entry' ? `/console/catalog/${one.entryCode}` : `/console/sharing/grants/${one.id}`}>{one.title}</Link>
                  <div className="dt-secondary dt-cell-sub"><span className="dt-mono">{one.number}</span></div>
                </div>
              ),
            },
            { key: 'kind', title: t('governance.kindTitle'), render: (one) => <Chip tone={one.kind === 'grant' ? 'primary' : 'plain'}>{t(`governance.kind.${one.kind}`)}</Chip> },
            { key: 'parties', title: t('sharing.column.parties'), render: (one) => <span className="dt-parties">{name(one.provider)}{one.consumer && ` → ${name(one.consumer)}`}</span> },
            { key: 'days', title: t('governance.daysAsleep'), align: 'right', render: (one) => format.number(one.days) },
            { key: 'since', title: t('governance.since'), render: (one) => format.date(one.since) },
            { key: 'last', title: t('sharing.column.lastUsed'), render: (one) => (one.lastUsedAt ? format.date(one.lastUsedAt) : t('sharing.neverUsed')) },
          ]}
        />
      </Panel>
    </>
  )
}

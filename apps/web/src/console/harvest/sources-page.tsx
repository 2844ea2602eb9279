import { PlusOutlined } from '@ant-design/icons'
import { type HarvestSource, operations } from '@datong/contracts'
import { Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { usePages } from '../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { DataTable } from '../../shared/ui/data-table.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { isGoingOn, RunProgress, RunStateChip } from './run-progress.tsx'
import { SourceDialog } from './source-dialog.tsx'

/** Other catalogues from which entries are taken over, with how their last runs went. */
export function HarvestSourcesPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can } = useSession()
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  const pages = usePages(operations.listHarvestSources, { refetchMs: (last) => (last?.items.some(({ lastRun }) => isGoingOn(lastRun)) === true ? 2_000 : false) })
  const add = can(operations.createHarvestSource) && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('harvest.add')}</Button>
  return (
    <>
      <p className="dt-secondary dt-lead">{t('harvest.intro')}</p>
      <Panel flush title={t('harvest.sources')} extra={add}>
        <DataTable<HarvestSource>
          pages={pages} rowKey={({ id }) => id} label={t('harvest.sources')} empty={{ title: t('harvest.none'), hint: t('harvest.noneHint') }}
          columns={[
            { key: 'name', title: t('harvest.name'), render: (one) => <div className="dt-cell-title"><Link to={`/console/catalog/harvest/${one.id}`}>{one.name}</Link><div className="dt-secondary dt-cell-sub dt-mono">{one.url}</div></div> },
            { key: 'kind', title: t('harvest.kind'), render: (one) => <>{t(`harvest.kinds.${one.kind}`)} {one.state === 'paused' && <Chip tone="gamboge">{t('harvest.paused')}</Chip>}</> },
            { key: 'organisation', title: t('harvest.organisation'), render: (one) => name(one.organisation) },
            { key: 'entries', title: t('harvest.column.entries'), align: 'right', render: (one) => format.number(one.entries) },
            { key: 'lastRun', title: t('harvest.column.lastRun'), render: (one) => (one.lastRun === null ? <span className="dt-secondary">{t('harvest.never')}</span> : isGoingOn(one.lastRun) ? <RunProgress run={one.lastRun} /> : <span className="dt-nowrap"><RunStateChip state={one.lastRun.state} /> {format.dateTime(one.lastRun.endedAt ?? one.lastRun.queuedAt)}</span>) },
            { key: 'next', title: t('harvest.column.next'), render: (one) => <span className="dt-nowrap">{one.nextRunAt === null ? '–' : format.dateTime(one.nextRunAt)}</span> },
          ]}
        />
      </Panel>
      {adding && <SourceDialog onClose={() => setAdding(false)} onDone={(id) => void navigate(`/console/catalog/harvest/${id}`)} />}
    </>
  )
}

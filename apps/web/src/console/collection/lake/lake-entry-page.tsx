import { DownloadOutlined } from '@ant-design/icons'
import { operations, urlOf, type Entry } from '@datong/contracts'
import { Button } from 'antd'
import { Link, useParams } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useDownload } from '../../../shared/api/use-download.ts'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { GradeChip } from '../../../shared/ui/chips.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'
import { Comparison } from './comparison.tsx'
import { LayerChip } from './lake-page.tsx'
import { LineageGraph } from './lineage-graph.tsx'
import { ObjectsPanel } from './objects-panel.tsx'
import { OriginsTable } from './origins-table.tsx'
import { RetentionPanel } from './retention-panel.tsx'
import { ViewPanel } from './view-panel.tsx'

/** One entry as the lake has it: where it comes from, what changed between versions, how long they are kept, and its query. */
export function LakeEntryPage() {
  const { code = '' } = useParams()
  const entry = useApi(operations.getEntry, { params: { code } })
  return <Loaded of={entry} rows={8}>{(data) => <LakeEntryView entry={data} />}</Loaded>
}

function LakeEntryView({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const name = useName()
  const { can, has } = useSession()
  const { code } = entry
  const lineage = useApi(operations.getLineage, { params: { code }, query: {} })
  const layer = lineage.data?.nodes.find(({ id }) => id === lineage.data.root)?.layer ?? null
  const inside = can(operations.getManifest) && (entry.allowedActions.includes('load') || has('steward') || has('auditor'))
  return (
    <>
      <PageHeader
        back={{ to: '/console/collection/lake', text: t('lake.title') }} title={entry.title} chips={<>{layer !== null && <LayerChip layer={layer} />}<GradeChip grade={entry.grade} /></>}
        facts={<><Link to={`/console/catalog/${code}`}>{code}</Link><span>{name(entry.organisation)}</span></>}
      />
      {inside && <ViewPanel code={code} owner={entry.allowedActions.includes('load')} />}
      <LineagePanel code={code} inside={inside} />
      {inside && <Comparison entry={entry} />}
      <ObjectsPanel code={code} owner={entry.allowedActions.includes('load')} />
      {inside && <RetentionPanel code={code} owner={entry.allowedActions.includes('load')} />}
    </>
  )
}

function LineagePanel({ code, inside }: { readonly code: string; readonly inside: boolean }) {
  const { t } = useT()
  const lineage = useApi(operations.getLineage, { params: { code }, query: {} })
  const download = useDownload()
  const events = inside && <Button icon={<DownloadOutlined />} loading={download.busy} onClick={() => download.start(urlOf(operations.exportLineage, { code }), 'application/json', `${code}-openlineage.json`)}>OpenLineage</Button>
  return (
    <Panel title={t('lake.lineage.title')} extra={events}>
      <Loaded of={lineage} rows={5}>
        {(data) => data.edges.length === 0 ? <Empty title={t('lake.lineage.none')} /> : (
          <>
            <LineageGraph lineage={data} />
            <p className="dt-lineage-legend">
              <span><svg width="28" height="6" aria-hidden><path d="M0 3H28" stroke="var(--dt-primary)" strokeWidth="1.6" /></svg>{t('lake.lineage.value')}</span>
              <span><svg width="28" height="6" aria-hidden><path d="M0 3H28" stroke="var(--dt-gamboge)" strokeWidth="1.6" strokeDasharray="4 3" /></svg>{t('lake.lineage.condition')}</span>
              {!data.complete && <span>{t('lake.lineage.cut')}</span>}
            </p>
            <div style={{ marginTop: 16 }}><OriginsTable lineage={data} /></div>
          </>
        )}
      </Loaded>
    </Panel>
  )
}

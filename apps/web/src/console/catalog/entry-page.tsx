import { operations, type Entry } from '@datong/contracts'
import { Skeleton, Tabs } from 'antd'
import { lazy, Suspense, type ReactNode } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useMayRead } from '../../shared/api/field-facts.ts'
import { useApi } from '../../shared/api/hooks.ts'
import { useSession } from '../../shared/api/session.tsx'
import { useFormat, useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { GradeChip, OpeningChip, SharingChip } from '../../shared/ui/chips.tsx'
import { PageHeader, Panel } from '../../shared/ui/page-header.tsx'
import { Stars } from '../../shared/ui/stars.tsx'
import { EntryStateChip } from '../../shared/ui/state-chip.tsx'
import { Loaded } from '../../shared/ui/states.tsx'
import { CourseNotice } from '../../shared/course/course-notice.tsx'
import { ReportChange } from '../clocks/report-change.tsx'
import { FollowButton } from '../../shared/following/follow-button.tsx'
import { ReportErrorButton } from '../../shared/tickets/report-error.tsx'
import { EntryActions } from './entry-actions.tsx'
import { EntryDescription } from './entry-description.tsx'
import { FieldsTab } from './fields-tab.tsx'

const RowsTable = lazy(async () => ({ default: (await import('../../shared/ui/rows-table.tsx')).RowsTable }))
const QualityTab = lazy(async () => ({ default: (await import('./quality-tab.tsx')).QualityTab }))
const MetadataScorePanel = lazy(async () => ({ default: (await import('../metadata/metadata-score-panel.tsx')).MetadataScorePanel }))
const VersionsTab = lazy(async () => ({ default: (await import('./versions-tab.tsx')).VersionsTab }))
const RevisionsPanel = lazy(async () => ({ default: (await import('./revisions/revisions-panel.tsx')).RevisionsPanel }))
const LineageTab = lazy(async () => ({ default: (await import('./lineage-tab.tsx')).LineageTab }))
const SharingTab = lazy(async () => ({ default: (await import('./sharing-tab.tsx')).SharingTab }))
const HistoryTab = lazy(async () => ({ default: (await import('./history-tab.tsx')).HistoryTab }))

/** One entry: what it is, its fields and data, how good it is, where it comes from and who uses it. */
export function EntryPage() {
  const { code = '' } = useParams()
  const entry = useApi(operations.getEntry, { params: { code } })
  return <Loaded of={entry} rows={8}>{(data) => <EntryView key={data.code} entry={data} />}</Loaded>
}

function EntryView({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const { can, has, user } = useSession()
  const readable = useMayRead(entry)
  // Drafts and what was thought of them are the department's own and the bureau's.
  const mayCompare = can(operations.listEntryRevisions) && (has('steward') || has('auditor') || user?.organisation?.code === entry.organisation.code)
  const [search, setSearch] = useSearchParams()

  const tab = (key: string, label: string, children: ReactNode, shown = true) =>
    shown ? [{ key, label, children: <Suspense fallback={<Skeleton active />}>{children}</Suspense> }] : []
  const tabs = [
    ...tab('fields', `${t('catalog.tab.fields')} ${entry.fieldCount}`, <FieldsTab entry={entry} />),
    ...tab('preview', t('catalog.tab.preview'), <Panel flush><RowsTable code={entry.code} /></Panel>, readable),
    ...tab('quality', t('catalog.tab.quality'), <>{entry.version !== null && <QualityTab code={entry.code} />}{can(operations.getMetadataScore) && <MetadataScorePanel code={entry.code} mayEdit={entry.allowedActions.includes('edit')} />}</>, entry.version !== null || can(operations.getMetadataScore)),
    ...tab('versions', t('catalog.tab.versions'), <><VersionsTab entry={entry} />{mayCompare && <RevisionsPanel entry={entry} />}</>),
    ...tab('lineage', t('catalog.tab.lineage'), <LineageTab entry={entry} />),
    ...tab('sharing', t('catalog.tab.sharing'), <SharingTab code={entry.code} />, can(operations.listGrants)),
    ...tab('history', t('catalog.tab.history'), <HistoryTab code={entry.code} />, can(operations.entryHistory)),
  ]
  const active = tabs.find((item) => item.key === search.get('tab'))?.key ?? 'fields'

  return (
    <>
      <PageHeader
        back={{ to: '/console/catalog', text: t('shell.nav.catalog') }}
        title={t.language === 'en' && entry.titleEn ? entry.titleEn : entry.title}
        chips={
          <>
            <EntryStateChip state={entry.state} />
            <GradeChip grade={entry.grade} />
            <SharingChip type={entry.sharingType} />
            <OpeningChip type={entry.openingType} />
            <Stars stars={entry.stars} at={entry.dataUpdatedAt} />
          </>
        }
        facts={
          <>
            <span className="dt-mono">{entry.code.replace('-', '/')}</span>
            <span>{name(entry.organisation)}</span>
            <span>{t(`common.cycle.${entry.updateCycle}`)}</span>
            {entry.rowCount !== null && <span>{t('catalog.rowsFields', { rows: format.number(entry.rowCount), fields: entry.fieldCount })}</span>}
            {entry.dataUpdatedAt && <span>{t('catalog.updated', { when: format.ago(entry.dataUpdatedAt, new Date()) })}</span>}
            {entry.dueAt && <span>{t('catalog.reviewDue', { date: format.date(entry.dueAt) })}</span>}
          </>
        }
        actions={<><FollowButton entry={entry} /><ReportErrorButton entry={entry} /><ReportChange entry={entry} /><EntryActions entry={entry} /></>}
      />
      <CourseNotice entry={entry} />
      <EntryDescription entry={entry} />
      <Tabs
        activeKey={active} items={tabs} destroyOnHidden
        onChange={(key) => setSearch(key === 'fields' ? {} : { tab: key }, { replace: true })}
      />
    </>
  )
}

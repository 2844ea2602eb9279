import { operations, ProblemError, type Entry } from '@datong/contracts'
import { Skeleton } from 'antd'
import { lazy, Suspense, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useApi } from '../../shared/api/hooks.ts'
import { useTitle } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Empty, ErrorState } from '../../shared/ui/states.tsx'
import { chartable } from './chart/distribution.ts'
import { FieldsTab } from './fields-tab.tsx'
import { coordinateFields } from './map/coordinate-fields.ts'
import { PreviewTab } from './preview/preview-tab.tsx'
import { QualityTab } from './quality-tab.tsx'
import { TabLinks } from './tab-links.tsx'
import { useRowsAccess, type Description, type RowsAccess } from './use-rows-access.ts'
import { VersionsTab } from './versions-tab.tsx'

const ApiTab = lazy(async () => ({ default: (await import('./api/api-tab.tsx')).ApiTab }))
const ChartTab = lazy(async () => ({ default: (await import('./chart/chart-tab.tsx')).ChartTab }))
const MapTab = lazy(async () => ({ default: (await import('./map/map-tab.tsx')).MapTab }))

const TABS = ['preview', 'chart', 'map', 'fields', 'quality', 'versions', 'api'] as const
type Tab = (typeof TABS)[number]

/** What is in a data set, from several sides; the address says which. Sides that it does not have are absent. */
export function DatasetTabs({ entry }: { readonly entry: Entry }) {
  const { t } = useT()
  const titleOf = useTitle()
  const [params] = useSearchParams()
  const access = useRowsAccess(entry)
  const profile = useApi(operations.getProfile, { params: { code: entry.code }, query: {} }, { enabled: entry.version !== null })
  const { description } = access
  const coordinates = description && coordinateFields(description.fields)
  const drawable = description !== undefined && profile.data !== undefined && chartable(profile.data.fields).length > 0

  const refused = access.error instanceof ProblemError && [401, 403, 404].includes(access.error.problem.status)
  const bodies: Partial<Record<Tab, ReactNode>> = {
    ...(access.asked && !refused ? { preview: <Described access={access}>{(data) => <PreviewTab description={data} profile={profile.data?.fields} />}</Described> } : {}),
    ...(drawable && description && profile.data ? { chart: <ChartTab description={description} profile={profile.data.fields} /> } : {}),
    ...(coordinates && description ? { map: <MapTab description={description} coordinates={coordinates} profile={profile.data?.fields ?? []} /> } : {}),
    fields: <FieldsTab entry={entry} profile={profile.data} readable={description !== undefined} />,
    ...(entry.version === null ? {} : { quality: <QualityTab code={entry.code} title={titleOf(entry)} />, versions: <VersionsTab code={entry.code} /> }),
    api: <ApiTab entry={entry} description={description} profile={profile.data?.fields ?? []} />,
  }
  const shown = TABS.filter((tab) => bodies[tab] !== undefined)
  const wanted = shown.find((tab) => tab === params.get('tab'))
  const active = wanted ?? shown[0] ?? 'fields'

  return (
    <>
      {entry.version === null && <Empty title={t('portal.dataset.noData')} hint={t('portal.dataset.noDataHint')} />}
      <TabLinks label={t('portal.dataset.parts')} active={active} tabs={shown.map((key) => ({ key, text: t(`portal.tab.${key}`) }))} />
      <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 8 }} />}>{bodies[active]}</Suspense>
    </>
  )
}

function Described({ access, children }: { readonly access: RowsAccess; readonly children: (description: Description) => ReactNode }) {
  if (access.description) return <>{children(access.description)}</>
  if (access.error) return <ErrorState error={access.error} onRetry={() => void access.refetch()} />
  return <Skeleton active title={false} paragraph={{ rows: 8 }} />
}

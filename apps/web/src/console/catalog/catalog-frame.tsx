import { operations } from '@datong/contracts'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader } from '../../shared/ui/page-header.tsx'
import { SectionTabs } from '../../shared/ui/section-tabs.tsx'
import { NewEntryButton } from './new-entry-button.tsx'

const BASE = '/console/catalog'

/** Head of the catalogue's pages: entries, and what keeps them in order. A tab is shown to those who can use it. */
export function CatalogFrame() {
  const { t } = useT()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const tabs = [
    { key: BASE, label: t('catalog.section.entries') },
    ...(can(operations.listEntryClocks) ? [{ key: `${BASE}/clocks`, label: t('clocks.title') }] : []),
    { key: `${BASE}/lists`, label: t('lists.title') },
    { key: `${BASE}/classification`, label: t('entry.section.classification') },
    { key: `${BASE}/standards`, label: t('standards.title') },
    ...(can(operations.metadataQuality) ? [{ key: `${BASE}/metadata-quality`, label: t('metadata.title') }] : []),
    ...(can(operations.listBulkImports) ? [{ key: `${BASE}/bulk`, label: t('bulk.title') }] : []),
    ...(can(operations.listLedger) ? [{ key: `${BASE}/ledger`, label: t('ledger.title') }] : []),
    ...(can(operations.listHarvestSources) ? [{ key: `${BASE}/harvest`, label: t('harvest.title') }] : []),
    ...(can(operations.searchStatistics) ? [{ key: `${BASE}/words`, label: t('search.title') }] : []),
    // One line for each part: ...(can(operations.x) ? [{ key: `${BASE}/y`, label: t('y.title') }] : []),
  ]
  // A part may have parts of its own below its address.
  const here = tabs.findLast(({ key }) => key !== BASE && `${pathname}/`.startsWith(`${key}/`))?.key ?? BASE
  return (
    <>
      <PageHeader title={t('shell.nav.catalog')} actions={can(operations.upload) && <NewEntryButton />} />
      {tabs.length > 1 && <SectionTabs label={t('shell.nav.catalog')} value={here} items={tabs} onChange={(key) => void navigate(key)} />}
      <Outlet />
    </>
  )
}

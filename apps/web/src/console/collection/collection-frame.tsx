import { operations, type Operation } from '@datong/contracts'
import { Outlet, useLocation, useNavigate } from 'react-router'
import { useSession } from '../../shared/api/session.tsx'
import type { MessageKey } from '../../shared/i18n/messages.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { PageHeader } from '../../shared/ui/page-header.tsx'
import { SectionTabs } from '../../shared/ui/section-tabs.tsx'

const BASE = '/console/collection'

/** Parts of collection in the order of the data's way, each with an operation that whoever opens it may call. */
const TABS: readonly { readonly key: string; readonly label: MessageKey; readonly needs: Operation }[] = [
  { key: BASE, label: 'collection.tasks', needs: operations.listLoads },
  { key: `${BASE}/sources`, label: 'sources.title', needs: operations.listSources },
  { key: `${BASE}/forms`, label: 'forms.title', needs: operations.listForms },
  { key: `${BASE}/lake`, label: 'lake.title', needs: operations.listLake },
  { key: `${BASE}/recipes`, label: 'recipes.tab', needs: operations.listRecipes },
]

/** Head of the lists of collection: loads, sources, forms, the lake, recipes. */
export function CollectionFrame() {
  const { t } = useT()
  const { can } = useSession()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const items = TABS.filter(({ needs }) => can(needs)).map(({ key, label }) => ({ key, label: t(label) }))
  return (
    <>
      <PageHeader title={t('shell.nav.collection')} />
      <SectionTabs label={t('shell.nav.collection')} value={pathname.replace(/\/$/, '')} items={items} onChange={(key) => void navigate(key)} />
      <Outlet />
    </>
  )
}

import { operations, type Operation } from '@datong/contracts'
import type { ComponentType } from 'react'
import type { RouteObject } from 'react-router'
import { guarded } from './layout/guarded.tsx'

type Page = () => Promise<ComponentType>

/** A page that is fetched when it is first opened, for those who may call one of the operations. */
const page = (path: string, load: Page, needs: readonly Operation[] = [], children?: RouteObject[]): RouteObject => ({
  path,
  lazy: async () => ({ Component: guarded(await load(), needs) }),
  ...(children ? { children } : {}),
})
const first = (load: Page, needs: readonly Operation[] = []): RouteObject => ({ index: true, lazy: async () => ({ Component: guarded(await load(), needs) }) })

const { getMaskingPolicy, listApplications, listApps, listEvidence, listLoads, listUsers, upload, updateEntry, usage } = operations

/** Pages of the console. */
export const consoleRoutes: RouteObject[] = [
  { path: '/console/login', lazy: async () => ({ Component: (await import('./login/login-page.tsx')).LoginPage }) },
  {
    path: '/console',
    lazy: async () => ({ Component: (await import('./layout/console-layout.tsx')).ConsoleLayout }),
    children: [
      first(async () => (await import('./overview/overview-page.tsx')).OverviewPage),
      page('catalog', async () => (await import('./catalog/catalog-page.tsx')).CatalogPage),
      page('catalog/:code', async () => (await import('./catalog/entry-page.tsx')).EntryPage),
      page('catalog/:code/edit', async () => (await import('./catalog/edit-page.tsx')).EditEntryPage, [updateEntry]),
      page('collection', async () => (await import('./collection/loads-page.tsx')).LoadsPage, [listLoads]),
      page('collection/upload', async () => (await import('./collection/upload-page.tsx')).UploadPage, [upload]),
      page('collection/loads/:id', async () => (await import('./collection/load-page.tsx')).LoadPage, [listLoads]),
      page('quality', async () => (await import('./quality/quality-page.tsx')).QualityPage),
      page('sharing', async () => (await import('./sharing/sharing-frame.tsx')).SharingFrame, [listApplications], [
        first(async () => (await import('./sharing/applications-page.tsx')).ApplicationsPage),
        page('grants', async () => (await import('./sharing/grants-page.tsx')).GrantsPage),
        page('apps', async () => (await import('./sharing/apps-page.tsx')).AppsPage, [listApps]),
      ]),
      page('sharing/applications/:id', async () => (await import('./sharing/application-page.tsx')).ApplicationPage, [listApplications]),
      page('sharing/grants/:id', async () => (await import('./sharing/grant-page.tsx')).GrantPage, [listApplications]),
      page('sharing/apply/:code', async () => (await import('./sharing/apply-page.tsx')).ApplyPage, [operations.apply]),
      page('calls', async () => (await import('./delivery/calls-page.tsx')).CallsPage, [usage]),
      page('protection', async () => (await import('./protection/policy-page.tsx')).PolicyPage, [getMaskingPolicy]),
      page('evidence', async () => (await import('./evidence/evidence-page.tsx')).EvidencePage, [listEvidence]),
      page('evidence/receipts/:id', async () => (await import('./evidence/receipt-page.tsx')).ReceiptPage),
      page('settings', async () => (await import('./settings/settings-frame.tsx')).SettingsFrame, [], [
        first(async () => (await import('./settings/users-page.tsx')).UsersPage, [listUsers]),
        page('organisations', async () => (await import('./settings/organisations-page.tsx')).OrganisationsPage),
      ]),
      { path: '*', lazy: async () => ({ Component: (await import('../app/not-found.tsx')).NotFound }) },
    ],
  },
]

import type { RouteObject } from 'react-router'

/** Pages of the public portal; each is fetched when it is first opened. */
export const portalRoutes: RouteObject[] = [
  {
    lazy: async () => ({ Component: (await import('./frame/portal-layout.tsx')).PortalLayout }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./home/home-page.tsx')).HomePage }) },
      { path: 'datasets', lazy: async () => ({ Component: (await import('./datasets/datasets-page.tsx')).DatasetsPage }) },
      { path: 'datasets/:code', lazy: async () => ({ Component: (await import('./dataset/dataset-page.tsx')).DatasetPage }) },
      { path: 'demands', lazy: async () => ({ Component: (await import('./demands/demands-page.tsx')).DemandsPage }) },
      { path: 'reports', lazy: async () => ({ Component: (await import('./reports/reports-page.tsx')).ReportsPage }) },
      { path: 'reports/:id', lazy: async () => ({ Component: (await import('./reports/report-page.tsx')).ReportPage }) },
      { path: 'following', lazy: async () => ({ Component: (await import('./following/following-page.tsx')).FollowingPage }) },
      { path: 'departments', lazy: async () => ({ Component: (await import('./departments/departments-page.tsx')).DepartmentsPage }) },
      { path: 'about', lazy: async () => ({ Component: (await import('./about/about-page.tsx')).AboutPage }) },
      { path: '*', lazy: async () => ({ Component: (await import('./frame/not-found-page.tsx')).NotFoundPage }) },
    ],
  },
]

import type { RouteObject } from 'react-router'

/** Pages of the console; each is fetched when it is first opened. */
export const consoleRoutes: RouteObject[] = [
  { path: '/console/login', lazy: async () => ({ Component: (await import('./login/login-page.tsx')).LoginPage }) },
  {
    path: '/console',
    lazy: async () => ({ Component: (await import('./layout/console-layout.tsx')).ConsoleLayout }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./overview/overview-page.tsx')).OverviewPage }) },
    ],
  },
]

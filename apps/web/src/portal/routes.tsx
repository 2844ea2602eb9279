import type { RouteObject } from 'react-router'

/** Pages of the public portal; each is fetched when it is first opened. */
export const portalRoutes: RouteObject[] = [
  {
    lazy: async () => ({ Component: (await import('./portal-layout.tsx')).PortalLayout }),
    children: [{ index: true, lazy: async () => ({ Component: (await import('./home/home-page.tsx')).HomePage }) }],
  },
]

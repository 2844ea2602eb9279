import { createBrowserRouter } from 'react-router'
import { consoleRoutes } from '../console/routes.tsx'
import { portalRoutes } from '../portal/routes.tsx'
import { NotFound } from './not-found.tsx'
import { RouteError } from './route-error.tsx'

/** The portal and the console are separate downloads, and each page of them is another. */
export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [...consoleRoutes, ...portalRoutes, { path: '*', Component: NotFound }],
  },
])

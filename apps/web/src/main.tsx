import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import './app/global.css'
import { Providers } from './app/providers.tsx'
import { router } from './app/router.tsx'
import { startLanguage } from './shared/i18n/language.ts'
import { applyCssVariables } from './shared/theme.ts'

applyCssVariables(document.documentElement)
await startLanguage()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <Providers>
    <RouterProvider router={router} />
  </Providers>,
)

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { SessionProvider } from '../shared/api/session.tsx'
import { Face } from './face.tsx'

/** What every page stands on: answers of the server, the session, the theme. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 5000, refetchOnWindowFocus: true, retry: false } } }),
  )
  return (
    <QueryClientProvider client={queries}>
      <SessionProvider>
        <Face fontSize={14}>{children}</Face>
      </SessionProvider>
    </QueryClientProvider>
  )
}

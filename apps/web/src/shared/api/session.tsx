import { operations, ProblemError, type Operation, type User } from '@datong/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useEffect, useMemo, type ReactNode } from 'react'
import { allows } from './access.ts'
import { call, rememberCsrfToken } from './client.ts'
import { apiKey, useApi } from './hooks.ts'

export interface Session {
  readonly user: User | null
  readonly state: 'loading' | 'ready' | 'failed'
  readonly error: Error | null
  /** Whether one of the user's roles may call the operation at all; the object decides the rest. */
  can(operation: Operation): boolean
  has(role: User['roles'][number]): boolean
  signIn(username: string, password: string): Promise<User>
  signOut(): Promise<void>
  retry(): void
}

const SessionContext = createContext<Session | null>(null)
const sessionKey = apiKey(operations.currentSession)

/** Knows who is signed in, for all pages below. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient()
  const { data, error, isPending, refetch } = useApi(operations.currentSession)
  const user = data?.user ?? null

  useEffect(() => {
    if (data) rememberCsrfToken(data.csrfToken)
  }, [data])

  // An answer "sign in first" means that the session ended elsewhere: ask again who we are.
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        const failed = query.state.error instanceof ProblemError && query.state.error.problem.status === 401
        if (failed && user && query.queryKey[0] !== operations.currentSession.id && query.state.fetchStatus === 'idle') {
          void queries.invalidateQueries({ queryKey: sessionKey })
        }
      }),
    [queries, user],
  )

  const signIn = useCallback(
    async (username: string, password: string) => {
      const answer = await call(operations.signIn, { body: { username, password } })
      rememberCsrfToken(answer.csrfToken)
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== operations.currentSession.id })
      queries.setQueryData(sessionKey, { user: answer.user, csrfToken: answer.csrfToken })
      return answer.user
    },
    [queries],
  )

  const signOut = useCallback(async () => {
    await call(operations.signOut)
    rememberCsrfToken(null)
    queries.setQueryData(sessionKey, { user: null, csrfToken: null })
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== operations.currentSession.id })
  }, [queries])

  const session = useMemo<Session>(
    () => ({
      user,
      state: data ? 'ready' : isPending ? 'loading' : 'failed',
      error,
      can: (operation) => allows(operation.access, user),
      has: (role) => user?.roles.includes(role) ?? false,
      signIn,
      signOut,
      retry: () => void refetch(),
    }),
    [user, data, isPending, error, signIn, signOut, refetch],
  )
  return <SessionContext value={session}>{children}</SessionContext>
}

/** Who is signed in and what they may do. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside SessionProvider')
  return session
}

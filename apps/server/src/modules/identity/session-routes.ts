import { operations } from '@datong/contracts'
import { AppError } from '@datong/kernel'
import type { FastifyRequest } from 'fastify'
import { type Route, route } from '../../platform/route.ts'
import { findAccount } from './account-store.ts'
import { SESSION_COOKIE, sessionTokenOf } from './authenticate.ts'
import type { IdentityContext } from './context.ts'
import { SESSION_LIMIT_MS } from './session-store.ts'
import { signIn, signOut } from './sign-in.ts'
import { viewUser } from './view.ts'

const cookieOf = (request: FastifyRequest) => ({
  path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https', maxAge: SESSION_LIMIT_MS / 1_000,
}) as const

export function sessionRoutes(context: IdentityContext): Route[] {
  return [
    route(operations.signIn, async ({ body }, request, reply) => {
      const { token, csrfToken, account } = await signIn(context, body.username, body.password)
      reply.setCookie(SESSION_COOKIE, token, cookieOf(request)).header('cache-control', 'no-store')
      return { token, csrfToken, user: viewUser(account, context.directory) }
    }),
    route(operations.currentSession, async ({ caller }, request) => {
      const token = sessionTokenOf(request)
      if (caller.actor.kind !== 'user' || token === undefined) return { user: null, csrfToken: null }
      const account = await findAccount(context.store.db, caller.actor.id)
      if (account === undefined) return { user: null, csrfToken: null }
      return { user: viewUser(account, context.directory), csrfToken: context.pepper.csrfToken(token) }
    }),
    route(operations.signOut, async ({ caller }, request, reply) => {
      const token = sessionTokenOf(request)
      if (token === undefined) throw new AppError('access/unauthenticated')
      await signOut(context, token, { id: caller.actor.id, name: caller.actor.name, organisation: caller.organisation })
      reply.clearCookie(SESSION_COOKIE, { path: '/' })
      return {}
    }),
  ]
}

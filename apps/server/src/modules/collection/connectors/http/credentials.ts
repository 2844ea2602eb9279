import { AppError, type Issue } from '@datong/kernel'
import { Writable } from 'node:stream'
import { askOutside, OutsideFailure } from '../../../../platform/ask-outside.ts'
import type { ConnectorTools } from '../connector.ts'
import { type Credentials, inWords, limitsOf, NO_CREDENTIALS, refused } from './ask-source.ts'

/** How an interface wants to know who asks. */
export interface AuthSettings {
  readonly auth: 'none' | 'header' | 'query' | 'basic' | 'oauth'
  readonly keyName?: string | undefined
  readonly user?: string | undefined
  readonly tokenUrl?: string | undefined
  readonly clientId?: string | undefined
  readonly scope?: string | undefined
}

export interface AuthSecrets {
  readonly key?: string | undefined
  readonly password?: string | undefined
  readonly clientSecret?: string | undefined
}

const NEEDED = {
  none: [], header: ['/settings/keyName', '/secrets/key'], query: ['/settings/keyName', '/secrets/key'], basic: ['/settings/user', '/secrets/password'],
  oauth: ['/settings/tokenUrl', '/settings/clientId', '/secrets/clientSecret'],
} as const satisfies Readonly<Record<AuthSettings['auth'], readonly string[]>>

/**
 * The credentials of an interface; for `query` the key also belongs into the address.
 * @throws AppError `collection/source-settings` naming what is missing
 */
export function credentialsOf(settings: AuthSettings, secrets: AuthSecrets, tools: ConnectorTools): Credentials {
  const given: Readonly<Record<string, string | undefined>> = {
    '/settings/keyName': settings.keyName, '/settings/user': settings.user, '/settings/tokenUrl': settings.tokenUrl, '/settings/clientId': settings.clientId,
    '/secrets/key': secrets.key, '/secrets/password': secrets.password, '/secrets/clientSecret': secrets.clientSecret,
  }
  const issues = NEEDED[settings.auth].filter((pointer) => given[pointer] === undefined).map((pointer): Issue => ({ pointer, code: 'required', message: 'is needed for this way of signing in' }))
  if (issues.length > 0) throw new AppError('collection/source-settings', {}, issues)
  const { keyName = '', user = '', tokenUrl = '', clientId = '', scope } = settings
  const { key = '', password = '', clientSecret = '' } = secrets
  if (settings.auth === 'header') return { headers: async () => ({ [keyName]: key }), renew: () => false }
  if (settings.auth === 'basic') return { headers: async () => ({ authorization: basic(user, password) }), renew: () => false }
  return settings.auth === 'oauth' ? oauth({ tokenUrl, clientId, clientSecret, scope }, tools) : NO_CREDENTIALS
}

const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** A token is taken for dead so long before its end. */
const EARLY_MS = 30_000
const TOKEN_BYTES = 65_536

interface OauthClient {
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string | undefined
}

/** Client credentials, with the client's name and secret as RFC 6749, 2.3.1 and 4.4 have them. */
function oauth({ tokenUrl, clientId, clientSecret, scope }: OauthClient, tools: ConnectorTools): Credentials {
  let token: { readonly text: string; readonly until: number; renewed: boolean } | undefined
  const fetchToken = async (): Promise<string> => {
    const host = new URL(tokenUrl).hostname
    const chunks: Buffer[] = []
    const kept = new Writable({
      write(chunk: Buffer, _, done) {
        chunks.push(chunk)
        done()
      },
    })
    const body = String(new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }))
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }
    const secretHeaders = { authorization: basic(encodeURIComponent(clientId), encodeURIComponent(clientSecret)) }
    try {
      await askOutside({ url: tokenUrl, body, headers, secretHeaders, userAgent: 'Datong', use: 'source', limits: limitsOf(TOKEN_BYTES), settings: tools.outbound, signal: tools.signal }, async ({ status, into }) => {
        if (status !== 200) throw refused(host, status === 400 || status === 401 ? 'credentials' : `status-${status}`)
        await into(kept)
      })
    } catch (error) {
      throw error instanceof OutsideFailure ? inWords(error) : error
    }
    const answer = parsed(Buffer.concat(chunks).toString('utf8'))
    const text = answer['access_token']
    if (typeof text !== 'string' || text === '' || /[^\x21-\x7e]/.test(text)) throw refused(host, 'no-token')
    const seconds = Number(answer['expires_in'] ?? 300)
    token = { text, until: tools.clock.now().getTime() + (Number.isFinite(seconds) ? seconds * 1_000 : 0) - EARLY_MS, renewed: token?.renewed ?? false }
    return text
  }
  return {
    async headers() {
      const text = token !== undefined && token.until > tools.clock.now().getTime() ? token.text : await fetchToken()
      return { authorization: `Bearer ${text}` }
    },
    renew() {
      if (token === undefined || token.renewed) return false
      token = { text: '', until: 0, renewed: true }
      return true
    },
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

import type { Random } from '@datong/kernel'
import { createHmac, hash } from 'node:crypto'
import { lettersOf } from './passwords.ts'

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const KEY = /^(dt_[a-z0-9]{8})_[A-Za-z0-9]{43}$/
/** Characters of a key; what has another length is not looked for. */
export const KEY_LENGTH = 55
const SESSION = /^ds_[A-Za-z0-9]{43}$/

/** A session token: `ds_` and 43 characters, 256 bits. */
export const newSessionToken = (random: Random): string => `ds_${lettersOf(random, 43, ALPHANUMERIC)}`

/** A key: `dt_`, eight characters to recognise it by, and 43 secret ones; scanners for leaked secrets find it by this form. */
export const newKey = (random: Random): string =>
  `dt_${lettersOf(random, 8, ALPHANUMERIC.slice(26))}_${lettersOf(random, 43, ALPHANUMERIC)}`

export const isKeyLike = (token: string): boolean => token.startsWith('dt_')
export const prefixOfKey = (key: string): string | undefined => KEY.exec(key)?.[1]
export const isSessionToken = (token: string): boolean => SESSION.test(token)

/** What is stored of a key. A key is random, so a plain hash cannot be guessed back. */
export const hashOfKey = (key: string): Buffer => hash('sha256', key, 'buffer')
/** The same in base64, as keys are remembered: one call, for it is made with every request. */
export const hashNameOfKey = (key: string): string => hash('sha256', key, 'base64')

/** Keyed hashes of sessions and sign-in names; a copy of the store alone gives neither back. */
export interface Pepper {
  ofSession(token: string): Buffer
  /** What cookie-borne changes repeat in `X-CSRF-Token`. */
  csrfToken(token: string): string
  ofName(username: string): Buffer
  /** Seals access tokens. */
  ofAccessToken(payload: string): Buffer
}

export function createPepper(secret: Uint8Array): Pepper {
  const mac = (purpose: string, text: string): Buffer => createHmac('sha256', secret).update(`${purpose}\0${text}`).digest()
  return {
    ofSession: (token) => mac('session', token),
    csrfToken: (token) => mac('csrf', token).toString('base64url'),
    ofName: (username) => mac('name', username),
    ofAccessToken: (payload) => mac('access-token', payload),
  }
}

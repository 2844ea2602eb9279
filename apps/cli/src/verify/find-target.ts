import { stat } from 'node:fs/promises'

/** What somebody asks to have verified. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'receipt'; readonly url: string }
  | { readonly kind: 'log'; readonly url: string }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const RECEIPT_PATH = /^(.*)\/api\/v1\/evidence\/receipts\/[0-9a-f-]{36}\/?$/i

/**
 * Tells a receipt file, a receipt's id or address, and a log's address apart.
 * @param server address of the server that ids belong to
 * @returns null for none of them
 */
export async function findTarget(text: string, server: string): Promise<Target | null> {
  if (/^https?:\/\//i.test(text)) {
    const url = new URL(text)
    if (RECEIPT_PATH.test(url.pathname)) return { kind: 'receipt', url: url.href }
    const path = url.pathname.replace(/\/(checkpoint|key)?$/, '')
    // The bare address of a server stands for its log.
    return { kind: 'log', url: `${url.origin}${path === '' ? '/log' : path}` }
  }
  if (UUID.test(text)) return { kind: 'receipt', url: `${server}/api/v1/evidence/receipts/${text.toLowerCase()}` }
  const found = await stat(text).catch(() => null)
  return found?.isFile() === true ? { kind: 'file', path: text } : null
}

import type { LoadReason } from '@datong/contracts'

/** Why a load read what it read. Texts of the codes are `collection.reason:…` in both languages. */
export const reason = (code: string, params: LoadReason['params'] = {}): LoadReason => ({ code, params })

/** A reason as it is kept: loads from before there were codes have sentences. */
export const keptReason = (kept: LoadReason | string): LoadReason => (typeof kept === 'string' ? reason('text', { text: kept }) : kept)

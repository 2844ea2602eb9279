import type { LINK_STATES } from '@datong/contracts'
import type { Generated, JSONColumnType, Selectable } from 'kysely'
import type { DownloadFormat } from '../files/download.ts'
import type { StoredCaller } from '../forms/stored-caller.ts'

export interface LinkTables {
  'delivery.link': {
    id: string
    token_hash: Buffer
    entry_code: string
    entry_title: string
    provider: string
    grant_id: string | null
    app_id: string | null
    organisation: string | null
    maker: JSONColumnType<StoredCaller>
    format: DownloadFormat
    state: (typeof LINK_STATES)[number]
    reason: string | null
    version: number | null
    rows_so_far: Generated<number>
    rows: number | null
    bytes: number | null
    sha256: string | null
    file_name: string | null
    content_type: string | null
    downloads: number
    downloads_used: Generated<number>
    created_at: Date
    expires_at: Date
  }
  'delivery.link_transfer': {
    id: string
    link_id: string
    grant_id: string | null
    download: number
    first_byte: number
    last_byte: number
    sent: number
    running: boolean
    seen_at: Date
  }
}

export type LinkRow = Selectable<LinkTables['delivery.link']>
export type TransferRow = Selectable<LinkTables['delivery.link_transfer']>

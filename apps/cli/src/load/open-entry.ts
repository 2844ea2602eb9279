import { type Client, type Entry, operations } from '@datong/contracts'
import type { Messages } from '../messages-zh.ts'

/** Steps from a draft to the portal, in order; each is taken by whoever may take it. */
const STEPS = ['submit', 'approve', 'publish'] as const

/**
 * Opens an entry to everyone: sets how it is shared and opened, submits it, and publishes it as far as the signed-in
 * person may. An entry that is published already stays so.
 * @returns the entry as it is then: `submitted` when a steward must decide
 */
export async function openEntry(client: Client, before: Entry, fileName: string, messages: Messages): Promise<Entry> {
  let entry = before
  const isOpen = entry.openingType === 'open' && entry.sharingType === 'unconditional'
  if (!isOpen || entry.summary === '') {
    entry = await client(operations.updateEntry, {
      params: { code: entry.code },
      body: {
        openingType: 'open', sharingType: 'unconditional', revision: entry.revision,
        // A summary must be there before a review, and this much is known.
        ...(entry.summary === '' ? { summary: messages.summaryOfFile(entry.title, fileName) } : {}),
      },
    })
  }
  for (const action of STEPS) {
    if (!entry.allowedActions.includes(action)) continue
    entry = await client(operations.actOnEntry, { params: { code: entry.code, action }, body: { revision: entry.revision } })
  }
  return entry
}

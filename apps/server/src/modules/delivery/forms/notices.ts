/** What a notice on the plans' channel names; one that names neither (a policy, a key) means everything. */
export function parseNotice(payload: string): { readonly grant?: string; readonly entry?: string } {
  try {
    return JSON.parse(payload) as { grant?: string; entry?: string } // our own processes write it
  } catch {
    return {}
  }
}

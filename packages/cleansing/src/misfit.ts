/** What becomes of a value that a step cannot read: it stays, it is blanked, or its row goes to the rejects. */
export type Misfit = 'keep' | 'blank' | 'reject'

/** Bounds of what leaves by itself: links, webhooks, pushes. */
export interface FormSettings {
  /** Whether this machine itself may be a receiver; for development and tests. */
  readonly allowLoopback: boolean
  /** Networks in CIDR form that pushes may go to; null for all that are not reserved. */
  readonly pushNetworks: readonly string[] | null
  /** Ports of webhooks; 80 among them also allows unencrypted `http:`. */
  readonly webhookPorts: readonly number[]
  /** Disk space that files of links may take together, in bytes. */
  readonly linkSpaceBytes: number
}

/** Bounds of forms of delivery, and of what leaves by itself: links, webhooks, pushes, questions to other catalogues. */
export interface FormSettings {
  /** Whether this machine itself may be a receiver; for development and tests. */
  readonly allowLoopback: boolean
  /** Networks in CIDR form that pushes may go to; null for all that are not reserved. */
  readonly pushNetworks: readonly string[] | null
  /** Inner networks in CIDR form whose catalogues may be asked, besides the public net. */
  readonly harvestNetworks: readonly string[]
  /** Inner networks in CIDR form in which sources of data may be read, besides the public net. */
  readonly sourceNetworks: readonly string[]
  /** Ports of webhooks; 80 among them also allows unencrypted `http:`. */
  readonly webhookPorts: readonly number[]
  /** Disk space that files of links may take together, in bytes. */
  readonly linkSpaceBytes: number
  /** Memory of each process for answers to look-ups of the last minutes, in bytes; 0 keeps none. */
  readonly keptAnswerBytes: number
}

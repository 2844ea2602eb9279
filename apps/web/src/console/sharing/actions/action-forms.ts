import type { ApplicationAction, BodyOf, operations, RevocationGround } from '@datong/contracts'

export type ActionBody = BodyOf<typeof operations.actOnApplication>

/** What a dialog collects. */
export interface ActionValues {
  readonly reason?: string
  readonly legalBasis?: string
  readonly missing?: readonly string[]
  readonly notes?: Readonly<Record<string, string>>
  readonly purpose?: string
  readonly use?: string
  readonly ground?: RevocationGround
  readonly quality?: number
  readonly timeliness?: number
  readonly effect?: number
}

/** Order of the buttons; the last that is allowed and not a refusal is the primary one. */
export const ACTION_ORDER: readonly ApplicationAction[] = [
  'withdraw', 'revoke', 'suspend', 'urge', 'extend', 'notify-missing', 'refuse', 'uphold', 'system-not-ready', 'request-mediation',
  'evaluate', 'system-ready', 'confirm-delivery', 'resume', 'supplement', 'order-sharing', 'approve',
]
export const DANGER: ReadonlySet<ApplicationAction> = new Set(['withdraw', 'revoke', 'refuse', 'suspend', 'uphold'])
/** Never the coloured button, though no refusal either. */
const QUIET: ReadonlySet<ApplicationAction> = new Set(['urge', 'extend', 'notify-missing', 'system-not-ready'])

/** Steps that need words of why. */
export const REASON_NEEDED: ReadonlySet<ApplicationAction> = new Set(['refuse', 'suspend', 'resume', 'revoke', 'extend', 'request-mediation', 'uphold', 'order-sharing', 'system-not-ready'])
/** Steps that say on which law they stand. */
export const LEGAL_BASIS: ReadonlySet<ApplicationAction> = new Set(['refuse', 'uphold', 'order-sharing'])
/** Steps with fields of their own instead of a reason. */
export const NO_REASON: ReadonlySet<ApplicationAction> = new Set(['notify-missing', 'supplement', 'evaluate'])

/** The actions offered, in the order of their buttons, and which is the coloured one. */
export function offered(allowed: readonly ApplicationAction[]): { readonly actions: readonly ApplicationAction[]; readonly primary: ApplicationAction | undefined } {
  const actions = ACTION_ORDER.filter((action) => allowed.includes(action))
  return { actions, primary: actions.findLast((action) => !DANGER.has(action) && !QUIET.has(action)) }
}

const said = (text: string | undefined): string | undefined => text?.trim() || undefined

/** What is sent: only what was filled in, for an empty text is not a reason. */
export function bodyOfAction(action: ApplicationAction, values: ActionValues): ActionBody {
  const reason = said(values.reason)
  const legalBasis = said(values.legalBasis)
  const [purpose, use] = [said(values.purpose), said(values.use)]
  const body: ActionBody = { ...(reason ? { reason } : {}), ...(legalBasis ? { legalBasis } : {}), ...(purpose ? { purpose } : {}), ...(use ? { use } : {}) }
  if (action === 'notify-missing') {
    const missing = [...new Set((values.missing ?? []).flatMap((item) => said(item) ?? []))]
    return { ...body, missing }
  }
  if (action === 'supplement') {
    const supplied = Object.entries(values.notes ?? {}).flatMap(([id, note]) => (said(note) ? [{ id, note: note.trim() }] : []))
    // The history tells what came; the notes say it where nothing else was written.
    const told = reason ?? said(supplied.map(({ note }) => note).join('；').slice(0, 2000))
    return { ...body, ...(told ? { reason: told } : {}), ...(supplied.length > 0 ? { supplied } : {}) }
  }
  if (action === 'revoke' && values.ground) return { ...body, ground: values.ground }
  if (action === 'evaluate' && values.quality && values.timeliness && values.effect) return { ...body, scores: { quality: values.quality, timeliness: values.timeliness, effect: values.effect } }
  return body
}

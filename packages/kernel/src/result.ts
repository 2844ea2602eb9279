/** An outcome that the caller must branch on; failures nobody branches on are thrown as `AppError` instead. */
export type Result<T, Reason> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Reason }

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })
export const refused = <R>(reason: R): { readonly ok: false; readonly reason: R } => ({ ok: false, reason })

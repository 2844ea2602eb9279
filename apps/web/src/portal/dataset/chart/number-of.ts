/** A cell as a number for drawing. Long decimals come as text, so that no digit is lost on the way; a picture needs no such digits. */
export function numberOf(value: unknown): number | null {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

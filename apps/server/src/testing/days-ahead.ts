/** The calendar day so many days from now, for grants that must hold while a test runs: they end within a few years. */
export const daysAhead = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

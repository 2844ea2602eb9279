/** Breakpoints of the sub-indices at 0, 50, 100, 150, 200, 300, 400, 500; hourly values. @see HJ 633-2012 table 1 */
const LEVELS = [0, 50, 100, 150, 200, 300, 400, 500] as const
const BREAKPOINTS = {
  'PM2.5': [0, 35, 75, 115, 150, 250, 350, 500],
  PM10: [0, 50, 150, 250, 350, 420, 500, 600],
  O3: [0, 160, 200, 300, 400, 800, 1000, 1200],
  NO2: [0, 100, 200, 700, 1200, 2340, 3090, 3840],
} as const

export type Pollutant = keyof typeof BREAKPOINTS

const GRADES = ['优', '良', '轻度污染', '中度污染', '重度污染', '严重污染'] as const

function subIndex(pollutant: Pollutant, value: number): number {
  const points = BREAKPOINTS[pollutant]
  const at = Math.max(1, points.findIndex((point) => value <= point))
  const [low, high] = [points[at - 1]!, points[at]!]
  return Math.ceil(LEVELS[at - 1]! + ((value - low) / (high - low)) * (LEVELS[at]! - LEVELS[at - 1]!))
}

/** Air quality index, grade and first pollutant (none up to 50) of concentrations in µg/m³. */
export function airIndex(values: Readonly<Record<Pollutant, number>>): { index: number; grade: string; first: string } {
  let index = 0
  let first = ''
  // The keys of BREAKPOINTS are exactly the pollutants.
  for (const pollutant of Object.keys(BREAKPOINTS) as Pollutant[]) {
    const sub = subIndex(pollutant, values[pollutant])
    if (sub > index) [index, first] = [sub, pollutant]
  }
  const grade = index <= 200 ? Math.max(0, Math.ceil(index / 50) - 1) : index <= 300 ? 4 : 5
  return { index, grade: GRADES[grade]!, first: index > 50 ? first : '—' }
}

import { changeOf } from './score-lines.ts'
import './trend.css'

const [WIDTH, HEIGHT, EDGE] = [88, 22, 2]
/** A line that moves less than this stays nearly level: noise shall not look like a fall. */
const LEAST_SPAN = 0.04

/** A line as small as a word; what it says stands in words beside it. */
export function Sparkline({ scores }: { readonly scores: readonly (number | null)[] }) {
  const known = scores.flatMap((score, index) => (score === null ? [] : [{ score, index }]))
  if (known.length < 2) return null
  const most = Math.max(...known.map(({ score }) => score))
  const least = Math.min(most - LEAST_SPAN, ...known.map(({ score }) => score))
  const x = (index: number): number => EDGE + (index / (scores.length - 1)) * (WIDTH - 2 * EDGE)
  const y = (score: number): number => EDGE + ((most - score) / (most - least)) * (HEIGHT - 2 * EDGE)
  const last = known.at(-1)!
  return (
    <svg className="dt-sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <polyline points={known.map(({ score, index }) => `${x(index).toFixed(1)},${y(score).toFixed(1)}`).join(' ')} />
      <circle cx={x(last.index)} cy={y(last.score)} r="2" />
    </svg>
  )
}

/** Whether a score rose or fell, in points of a hundred. */
export function Change({ scores, words }: { readonly scores: readonly (number | null)[]; readonly words: (points: string) => string }) {
  const change = changeOf(scores)
  if (change === undefined) return null
  const points = Math.round((change.last - change.first) * 1000) / 10
  const tone = points > 0 ? 'dt-trend-up' : points < 0 ? 'dt-trend-down' : 'dt-secondary'
  return <span className={`dt-num ${tone}`}>{words(`${points > 0 ? '+' : points < 0 ? '−' : '±'}${Math.abs(points)}`)}</span>
}

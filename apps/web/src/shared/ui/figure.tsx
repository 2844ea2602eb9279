import { Link } from 'react-router'

interface FigureProps {
  readonly label: string
  readonly value: string
  readonly to?: string
  readonly tone?: 'gamboge' | 'cinnabar' | undefined
}

/** One number with its name; opens the list behind it. Stands inside `.dt-figures`. */
export function Figure({ label, value, to, tone }: FigureProps) {
  const content = (
    <>
      <span className="dt-figure-value">{value}</span>
      <span className="dt-figure-label">{label}</span>
    </>
  )
  const className = tone ? `dt-figure dt-figure-${tone}` : 'dt-figure'
  return to ? <Link className={className} to={to}>{content}</Link> : <div className={className}>{content}</div>
}
